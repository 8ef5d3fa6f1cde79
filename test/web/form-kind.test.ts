import { describe, expect, it } from "vitest";
import { z } from "zod";
import { kindOf } from "../../core/form/kind.ts";
import { inWords } from "../../core/form/label.ts";
import { resolve } from "../../core/form/resolve.ts";
import type { Json, JsonObject } from "../../core/json.ts";

const kind = (schema: JsonObject) => kindOf(schema, resolve(schema, schema) ?? {});
const ofZod = (schema: z.ZodType): JsonObject =>
  JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: "input" })));

describe("what draws a schema", () => {
  const table: [name: string, schema: JsonObject, expected: object][] = [
    ["text", { type: "string" }, { kind: "text", format: null }],
    ["a format", { type: "string", format: "date-time" }, { kind: "text", format: "date-time" }],
    [
      "an enum",
      { enum: ["a", 2] },
      {
        kind: "choice",
        choices: [
          { value: "a", label: "a" },
          { value: 2, label: "2" },
        ],
      },
    ],
    ["a constant", { const: 5 }, { kind: "constant", value: 5 }],
    ["yes or no", { type: "boolean" }, { kind: "switch" }],
    ["an integer", { type: "integer" }, { kind: "number", integer: true }],
    ["a number", { type: "number" }, { kind: "number", integer: false }],
    ["an array of an enum", { type: "array", items: { enum: ["a"] } }, { kind: "choices" }],
    [
      "an array",
      { type: "array", items: { type: "string" }, minItems: 2 },
      { kind: "list", fewest: 2, most: Infinity },
    ],
    ["fixed places", { type: "array", prefixItems: [{}, {}], items: false }, { kind: "tuple" }],
    ["an open object", { type: "object", additionalProperties: { type: "number" } }, { kind: "record" }],
    [
      "constants to choose from",
      { anyOf: [{ const: 1, title: "One" }, { const: 2 }] },
      {
        kind: "choice",
        choices: [
          { value: 1, label: "One" },
          { value: 2, label: "2" },
        ],
      },
    ],
    ["anything", {}, { kind: "json" }],
    ["patterns of names", { type: "object", patternProperties: { "^x": {} } }, { kind: "json" }],
    ["an array that holds itself", { type: "array", items: { $ref: "#" } }, { kind: "list" }],
    ["a union of itself", { anyOf: [{ $ref: "#" }] }, { kind: "json" }],
  ];
  it.each(table)("%s", (_, schema, expected) => {
    expect(kind(schema)).toMatchObject(expected);
  });

  it("keeps the order of the schema's properties and knows which must be given", () => {
    const { kind: drawn, ...rest } = kind(ofZod(z.strictObject({ b: z.string(), a: z.number().optional() })));
    expect(drawn).toBe("group");
    expect(rest).toMatchObject({
      properties: [
        { name: "b", required: true },
        { name: "a", required: false },
      ],
      others: null,
    });
  });

  it("draws a record of an enum's names as these fields", () => {
    expect(kind(ofZod(z.record(z.enum(["red", "blue"]), z.number())))).toMatchObject({
      kind: "group",
      properties: [{ name: "red" }, { name: "blue" }],
    });
  });

  it("merges allOf, and follows a reference with words of its own beside it", () => {
    const schema: JsonObject = {
      allOf: [
        { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
        { $ref: "#/$defs/B", title: "mine" },
      ],
      $defs: { B: { title: "theirs", properties: { b: { type: "number" } }, required: ["b"] } },
    };
    expect(resolve(schema, schema)).toMatchObject({ title: "mine", required: ["a", "b"] });
    expect(kind(schema)).toMatchObject({ kind: "group", properties: [{ name: "a" }, { name: "b" }] });
  });
});

describe("what the forms of a union are called", () => {
  const labels = (schema: JsonObject) => {
    const drawn = kind(schema);
    return drawn.kind === "union" ? drawn.branches.map(({ label }) => label) : drawn.kind;
  };
  it.each<[string, Json[], string[]]>([
    [
      "by title",
      [
        { title: "By card", type: "object" },
        { title: "Cash", type: "string" },
      ],
      ["By card", "Cash"],
    ],
    ["by type", [{ type: "string" }, { type: "number" }, { type: "null" }], ["Text", "Number", "None"]],
    [
      "by format",
      [
        { type: "string", format: "email" },
        { type: "string", format: "uri" },
      ],
      ["Email", "Link"],
    ],
    [
      "by number where nothing tells them apart",
      [{ type: "string" }, { type: "string" }],
      ["Text 1", "Text 2"],
    ],
  ])("%s", (_, anyOf, expected) => {
    expect(labels({ anyOf })).toEqual(expected);
  });

  it("by the constant that marks them", () => {
    const option = (mark: string) => ({
      type: "object",
      properties: { kind: { const: mark } },
      required: ["kind"],
    });
    expect(labels({ oneOf: [option("bankTransfer"), option("cash")] })).toEqual(["Bank transfer", "Cash"]);
  });

  it("a list of types has one each", () => {
    expect(labels({ type: ["string", "null"], title: "Nickname" })).toEqual(["Text", "None"]);
  });
});

it.each([
  ["shirtSize", "Shirt size"],
  ["shirt_size", "Shirt size"],
  ["URLOfShop", "URL of shop"],
  ["x", "X"],
  ["", ""],
])("says %s in words", (name, words) => {
  expect(inWords(name)).toBe(words);
});
