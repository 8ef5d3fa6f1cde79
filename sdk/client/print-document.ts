/** A node of a GraphQL syntax tree, as the parser and the code generators make it; only what an operation is made of. */
interface Node {
  kind: string;
  [field: string]: unknown;
}

/** The text of a syntax tree of operations and fragments. */
export function printDocument(document: object): string {
  return list(document, "definitions").map(print).join("\n");
}

function print(node: Node): string {
  switch (node.kind) {
    case "OperationDefinition":
      return `${text(node, "operation")} ${name(node)}${between("(", list(node, "variableDefinitions"), ")")}${directives(node)} ${child(node, "selectionSet")}`;
    case "FragmentDefinition":
      return `fragment ${name(node)} on ${child(node, "typeCondition")}${directives(node)} ${child(node, "selectionSet")}`;
    case "VariableDefinition": {
      const given = child(node, "defaultValue");
      return `${child(node, "variable")}: ${child(node, "type")}${given && ` = ${given}`}${directives(node)}`;
    }
    case "SelectionSet":
      return `{ ${list(node, "selections").map(print).join(" ")} }`;
    case "Field": {
      const alias = child(node, "alias");
      const below = child(node, "selectionSet");
      return `${alias && `${alias}: `}${name(node)}${between("(", list(node, "arguments"), ")")}${directives(node)}${below && ` ${below}`}`;
    }
    case "FragmentSpread":
      return `...${name(node)}${directives(node)}`;
    case "InlineFragment": {
      const on = child(node, "typeCondition");
      return `...${on && ` on ${on}`}${directives(node)} ${child(node, "selectionSet")}`;
    }
    case "Argument":
    case "ObjectField":
      return `${name(node)}: ${child(node, "value")}`;
    case "Directive":
      return `@${name(node)}${between("(", list(node, "arguments"), ")")}`;
    case "Name":
    case "IntValue":
    case "FloatValue":
    case "EnumValue":
      return text(node, "value");
    case "BooleanValue":
      return String(node.value);
    case "NullValue":
      return "null";
    case "StringValue":
      return JSON.stringify(node.value);
    case "Variable":
      return `$${name(node)}`;
    case "NamedType":
      return name(node);
    case "ListType":
      return `[${child(node, "type")}]`;
    case "NonNullType":
      return `${child(node, "type")}!`;
    case "ListValue":
      return `[${list(node, "values").map(print).join(", ")}]`;
    case "ObjectValue":
      return `{${list(node, "fields").map(print).join(", ")}}`;
    default:
      throw new TypeError(`a document cannot hold a ${node.kind}`);
  }
}

function directives(node: Node): string {
  return list(node, "directives")
    .map((directive) => ` ${print(directive)}`)
    .join("");
}

function between(open: string, nodes: Node[], close: string): string {
  return nodes.length === 0 ? "" : open + nodes.map(print).join(", ") + close;
}

function name(node: Node): string {
  return child(node, "name");
}

function child(node: Node, field: string): string {
  const below = node[field];
  return isNode(below) ? print(below) : "";
}

function text(node: Node, field: string): string {
  return String(node[field]);
}

function list(node: object, field: string): Node[] {
  const below = (node as { [field: string]: unknown })[field]; // the field is looked at, not trusted
  return Array.isArray(below) ? below.filter(isNode) : [];
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "kind" in value && typeof value.kind === "string";
}
