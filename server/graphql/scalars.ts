import { GraphQLError, Kind, type ValueNode, valueFromASTUntyped } from "graphql";
import type { Json } from "../../core/json.ts";
import { builder } from "./builder.ts";
import { parseDateTime } from "./date-time.ts";

builder.scalarType("DateTime", {
  description:
    "A moment as RFC 3339 text, such as `2026-01-31T12:00:00.000Z`. Answers are in UTC with milliseconds; arguments may have any offset, and finer fractions are cut off.",
  serialize: (value) => (value instanceof Date ? value : new Date(value)).toISOString(),
  parseValue: (value) => refusing(() => parseDateTime(value)),
  parseLiteral: (node) =>
    refusing(() => parseDateTime(node.kind === Kind.STRING ? node.value : valueFromASTUntyped(node))),
});

builder.scalarType("JSON", {
  description: "Any JSON value. The JSON null is a value like any other.",
  serialize: (value) => value,
  // What came in a variable is JSON already; what it may hold is for the operation to say.
  parseValue: (value) => value as Json,
  // A function of one declared parameter: graphql-jit warns of any that has more.
  parseLiteral: (node, ...[variables]) => refusing(() => jsonOf(node, variables ?? {})),
});

builder.scalarType("Labels", {
  description:
    'A flat JSON object of strings: the labels of a resource, such as `{ "prefect.resource.id": "order.7" }`. As an argument any JSON is taken, and what is wrong in it is told by the operation\'s InvalidInputError.',
  serialize: (value) => value,
  parseValue: (value) => value as Json,
  parseLiteral: (node, ...[variables]) => refusing(() => jsonOf(node, variables ?? {})),
});

builder.scalarType("LabelSpec", {
  description: `What the labels of one resource must be: a JSON object from each label to a value or a list of values, of which one must fit. \`*\` anywhere in a value stands for any characters, also none; \`!\` before it negates. A label that is missing fits nothing.
As an argument any JSON is taken, and what is wrong in it is told by the operation's InvalidInputError.`,
  serialize: (value) => value,
  parseValue: (value) => value as Json,
  parseLiteral: (node, ...[variables]) => refusing(() => jsonOf(node, variables ?? {})),
});

function refusing<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new GraphQLError(error instanceof Error ? error.message : String(error), {
      extensions: { code: "BAD_USER_INPUT" },
    });
  }
}

/** A literal in a document as the JSON value that it stands for. */
function jsonOf(node: ValueNode, variables: Record<string, unknown>): Json {
  switch (node.kind) {
    case Kind.NULL:
      return null;
    case Kind.BOOLEAN:
    case Kind.STRING:
    case Kind.ENUM:
      return node.value;
    case Kind.INT:
    case Kind.FLOAT:
      return numberOf(node.value);
    case Kind.LIST:
      return node.values.map((item) => jsonOf(item, variables));
    case Kind.OBJECT:
      // From entries, so that a field named __proto__ is a field.
      return Object.fromEntries(
        node.fields.map((field) => [field.name.value, jsonOf(field.value, variables)]),
      );
    case Kind.VARIABLE:
      // Variables have been read as JSON by their own types.
      return (variables[node.name.value] ?? null) as Json;
  }
}

function numberOf(text: string): number {
  const number = Number(text);
  if (!Number.isFinite(number)) throw new Error(`the number ${text} is too large for a JSON value`);
  if (/^-?\d+$/.test(text) && !Number.isSafeInteger(number)) {
    throw new Error(`the integer ${text} would lose digits: send integers beyond 2^53 as strings`);
  }
  return number;
}
