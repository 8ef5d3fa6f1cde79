import nodes, { type Node } from "nunjucks/src/nodes.js";

/** Nodes that Nunjucks has not: `a[1:2]`, `{% with %}`, and a loop's `if`. */
export const Slice = nodes.Node.extend("Slice", { fields: ["target", "start", "stop", "step"] });
export const With = nodes.Node.extend("With", { fields: ["bindings", "body"] });
export const FilteredFor = nodes.Node.extend("FilteredFor", {
  fields: ["arr", "name", "cond", "body", "else_"],
});
/** `x is name(arguments)` */
export const Test = nodes.Node.extend("Test", { fields: ["target", "name", "args"] });

/** The nodes right below a node. */
export function childrenOf(node: Node): Node[] {
  const fields = node.typename === "Set" ? [...node.fields, "body"] : node.fields;
  return fields.flatMap((field) => {
    const value = (node as unknown as Record<string, unknown>)[field]; // which fields there are depends on the type
    return (Array.isArray(value) ? value : [value]).filter(isNode);
  });
}

/** The name that a symbol, or a literal in a name's place, stands for. */
export function nameOf(node: Node): string {
  if (typeof node.value === "string") return node.value;
  throw new Error(`a ${node.typename} is no name`);
}

/** The value's node of a pair. */
export function innerOf(pair: Node): Node {
  if (isNode(pair.value)) return pair.value;
  throw new Error(`a ${pair.typename} has no node as its value`);
}

/** What `{% set %}` gives: an expression, or what stands in its block. */
export function assignedOf(set: Node): Node {
  return set.value === null || set.value === undefined ? set.body : innerOf(set);
}

function isNode(value: unknown): value is Node {
  return value instanceof nodes.Node;
}
