import type { GraphQLResolveInfo, SelectionNode, SelectionSetNode } from "graphql";

/** Whether the client asks for one of these fields of what a field answers. One that a directive may leave out counts as asked for. */
export function asksFor({ fieldNodes, fragments }: GraphQLResolveInfo, ...names: string[]): boolean {
  const inSet = (set: SelectionSetNode | undefined): boolean => set?.selections.some(isAsked) ?? false;
  const isAsked = (selection: SelectionNode): boolean => {
    switch (selection.kind) {
      case "Field":
        return names.includes(selection.name.value);
      case "InlineFragment":
        return inSet(selection.selectionSet);
      case "FragmentSpread":
        return inSet(fragments[selection.name.value]?.selectionSet);
    }
  };
  return fieldNodes.some(({ selectionSet }) => inSet(selectionSet));
}
