import { type GraphQLResolveInfo, Kind, type SelectionNode, type SelectionSetNode } from "graphql";

/** Whether the client asks for one of these fields of what a field answers. One that a directive may leave out counts as asked for. */
export function asksFor({ fieldNodes, fragments }: GraphQLResolveInfo, ...names: string[]): boolean {
  const inSet = (set: SelectionSetNode | undefined): boolean => set?.selections.some(isAsked) ?? false;
  const isAsked = (selection: SelectionNode): boolean => {
    switch (selection.kind) {
      case Kind.FIELD:
        return names.includes(selection.name.value);
      case Kind.INLINE_FRAGMENT:
        return inSet(selection.selectionSet);
      case Kind.FRAGMENT_SPREAD:
        return inSet(fragments[selection.name.value]?.selectionSet);
    }
  };
  return fieldNodes.some(({ selectionSet }) => inSet(selectionSet));
}
