import { describe, expect, it } from "vitest";
import { type ZodType, z } from "zod";
import type { Json } from "../../../core/json.ts";
import { compileCheck } from "../../../core/json-schema/check-value.ts";
import { malformed } from "../../../core/json-schema/malformed.ts";

const told = (schema: Json) => malformed(schema).map(({ path, message }) => `${path.join(".")}: ${message}`);

describe("what is no JSON Schema", () => {
  it.each<[Json, string]>([
    [[1], ": a JSON Schema is an object, or true or false; this is a list of 1"],
    ["x", ': a JSON Schema is an object, or true or false; this is the text "x"'],
    [5, ": a JSON Schema is an object, or true or false; this is 5"],
    [null, ": a JSON Schema is an object, or true or false; this is null"],
    [{ properties: 5 }, "properties: must be an object of schemas by their names, not 5"],
    [{ properties: { a: 5 } }, "properties.a: a JSON Schema is an object, or true or false; this is 5"],
    [{ items: [{}] }, "items: must be a schema: an object, or true or false, not a list of 1"],
    [{ anyOf: [] }, "anyOf: must be a list of schemas, not an empty list"],
    [{ anyOf: [{}, { not: 1 }] }, "anyOf.1.not: must be a schema: an object, or true or false, not 1"],
    [{ required: "a" }, 'required: must be a list of names, not the text "a"'],
    [{ minimum: "3" }, 'minimum: must be a number, not the text "3"'],
    [{ multipleOf: 0 }, "multipleOf: must be a number above 0, not 0"],
    [{ maxLength: 1.5 }, "maxLength: must be a whole number, 0 or more, not 1.5"],
    [{ enum: {} }, "enum: must be a list of values, at least one, not an object"],
    [{ uniqueItems: 1 }, "uniqueItems: must be true or false, not 1"],
    [
      { $defs: { a: { type: "text" } } },
      '$defs.a.type: must be "array", "boolean", "integer", "null", "number", "object" or "string", or a list of these, not the text "text"',
    ],
  ])("%j is told with the place and what is needed", (schema, message) => {
    expect(told(schema)).toEqual([message]);
  });

  it("all of it at once", () => {
    expect(told({ properties: 5, required: 6, items: { type: 7 } })).toHaveLength(3);
  });

  it("does not hold for what Zod makes", () => {
    const shapes: ZodType[] = [
      z.object({ a: z.string().min(1).optional(), b: z.array(z.int()).max(3), c: z.enum(["x", "y"]) }),
      z.union([z.tuple([z.string(), z.number().multipleOf(2)]), z.record(z.string(), z.null())]),
      z.email().nullable().default(null),
    ];
    for (const shape of shapes) expect(told(z.toJSONSchema(shape) as Json)).toEqual([]);
    const others: Json[] = [true, false, {}, { default: 5, const: [], examples: [1], "x-own": 3 }];
    for (const schema of others) expect(told(schema)).toEqual([]);
  });

  const keywords = [
    ...["properties", "items", "anyOf", "required", "minimum", "maxItems", "enum", "type", "pattern"],
    ...["uniqueItems", "additionalProperties", "prefixItems", "contains", "multipleOf", "dependentRequired"],
  ];
  it.each(keywords)("is told of whatever the compiler cannot read as %s", (keyword) => {
    const values: Json[] = [null, true, 5, -1.5, "x", [], [1], ["a"], [{}], {}, { a: 1 }, { a: {} }];
    for (const value of values) {
      const schema = { [keyword]: value };
      if (!isReadable(schema)) expect([schema, malformed(schema)]).not.toEqual([schema, []]);
    }
  });
});

function isReadable(schema: Record<string, Json>): boolean {
  try {
    compileCheck(schema);
    return true;
  } catch {
    return false;
  }
}
