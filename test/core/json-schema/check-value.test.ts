import { describe, expect, it } from "vitest";
import type { Json } from "../../../core/json.ts";
import { compileCheck, UnusableSchema } from "../../../core/json-schema/check-value.ts";
import type { JsonSchema } from "../../../core/json-schema/schema.ts";

function issues(schema: JsonSchema, value: unknown): [string, string][] {
  const result = compileCheck(schema)(value);
  return result.ok ? [] : result.issues.map((issue) => [issue.path.join("."), issue.message]);
}

describe("issues", () => {
  const object: JsonSchema = {
    type: "object",
    properties: {
      a: { type: "string" },
      "b/c~": { type: "array", items: { type: "object", required: ["d"] } },
    },
    required: ["a"],
    additionalProperties: false,
  };

  it.each<[string, JsonSchema, Json, string, string]>([
    ["a missing property", object, {}, "a", '"a" is required'],
    ["an unknown property", object, { a: "", x: 1 }, "x", '"x" is not a field here; take it out'],
    ["a wrong type", { type: "boolean" }, "yes", "", 'must be true or false, not the text "yes"'],
    ["one of several types", { type: ["string", "null"] }, 1, "", "must be a text or null, not 1"],
    ["a fraction", { type: "integer" }, 1.5, "", "must be a whole number, not 1.5"],
    ["an enum", { enum: ["a", "b", 3] }, "c", "", 'must be "a", "b" or 3, not the text "c"'],
    ["a constant", { const: "a" }, [], "", 'must be "a", not an empty list'],
    ["a bound", { minimum: 3 }, 1, "", "must be at least 3, not 1"],
    ["an open bound", { exclusiveMaximum: 3 }, 3, "", "must be less than 3, not 3"],
    ["a multiple", { multipleOf: 0.1 }, 0.25, "", "must be a multiple of 0.1, not 0.25"],
    ["an empty text", { type: "string", minLength: 1 }, "", "", "must not be empty"],
    ["a long text", { maxLength: 2 }, "abc", "", "must be at most 2 characters long, not 3"],
    ["a short list", { minItems: 1 }, [], "", "must have at least 1 item, not 0"],
    ["a long tuple", { prefixItems: [true], items: false }, [1, 2], "", "must have at most 1 item, not 2"],
    [
      "a format",
      { format: "date" },
      "2026-02-30",
      "",
      'must be a valid date, such as 2026-01-31, not the text "2026-02-30"',
    ],
    ["a pattern", { pattern: "^a$" }, "b", "", 'must match the pattern "^a$", not the text "b"'],
    [
      "a pattern beside its format",
      { format: "email", pattern: "^a@b$" },
      "b",
      "",
      'must be a valid e-mail address, not the text "b"',
    ],
    ["equal items", { uniqueItems: true }, [1, 1], "", "holds the same item twice, at 0 and 1"],
    [
      "what may not be",
      { properties: { a: false } },
      { a: 1 },
      "a",
      "must be left out: nothing is taken here",
    ],
    [
      "a pattern with examples",
      { pattern: "^CC-\\d{4}$", description: "The code of a cost centre", examples: ["CC-1234"] },
      "b",
      "",
      'must be like "CC-1234" (The code of a cost centre), not the text "b"',
    ],
    [
      "a pattern with a description",
      { pattern: "^CC-\\d{4}$", description: "CC- and four digits" },
      "b",
      "",
      'must fit its description (CC- and four digits), not the text "b"',
    ],
    [
      "a pattern as it was written",
      { pattern: "^CC-\\d{4}$" },
      "b",
      "",
      'must match the pattern "^CC-\\d{4}$", not the text "b"',
    ],
  ])("say what was wrong: %s", (_, schema, value, path, message) => {
    expect(issues(schema, value)).toContainEqual([path, message]);
  });

  it("say of a name that may not be which may, once", () => {
    const record = { properties: { p: { type: "object", propertyNames: { enum: ["k1", "k2"] } } } };
    expect(issues(record, { p: { k3: 1 } })).toEqual([
      ["p.k3", '"k3" may not be the name of a field here: it must be "k1" or "k2"'],
    ]);
    const pattern = { type: "object", propertyNames: { pattern: "^k" } };
    expect(issues(pattern, { a: 1 })).toEqual([["a", '"a" may not be the name of a field here']]);
  });

  it("have the whole path, with names as they are", () => {
    expect(compileCheck(object)({ a: "", "b/c~": [{ d: 1 }, {}] })).toEqual({
      ok: false,
      issues: [{ path: ["b/c~", "1", "d"], message: '"d" is required' }],
    });
  });

  it("are given all at once, but at most 100", () => {
    expect(issues(object, { "b/c~": 1, x: 1, y: 2 })).toHaveLength(4);
    expect(
      issues(
        { items: { type: "string" } },
        Array.from({ length: 5000 }, (_, index) => index),
      ),
    ).toHaveLength(100);
  });

  it("show long values in short", () => {
    const [issue] = issues({ type: "number" }, "x".repeat(5000));
    expect(issue?.[1].length).toBeLessThan(120);
  });
});

describe("unions", () => {
  const union: JsonSchema = {
    anyOf: [
      {
        type: "object",
        properties: { kind: { const: "a" }, n: { type: "number" } },
        required: ["kind", "n"],
      },
      {
        type: "object",
        properties: { kind: { const: "b" }, t: { type: "string" } },
        required: ["kind", "t"],
      },
    ],
  };

  it("speak of the member that was meant", () => {
    expect(issues(union, { kind: "b", t: 1 })).toEqual([["t", "must be a text, not 1"]]);
    expect(issues(union, { kind: "c" })).toEqual([["kind", 'must be "a" or "b", not the text "c"']]);
    expect(issues(union, {})).toEqual([["kind", '"kind" is required']]);
    expect(issues({ anyOf: [{ type: "string", minLength: 3 }, { type: "null" }] }, "x")).toEqual([
      ["", "must be at least 3 characters long, not 1"],
    ]);
    expect(issues({ anyOf: [{ type: "string" }, { type: "array" }] }, 1)).toEqual([
      ["", "must be a text or a list, not 1"],
    ]);
  });

  it("name the nearest where several could have been meant", () => {
    const [issue] = issues({ anyOf: [{ required: ["a", "b"] }, { required: ["c"] }], type: "object" }, {});
    expect(issue?.[1]).toBe(
      'fits none of the 2 forms that are taken here; the nearest says: c "c" is required',
    );
  });

  it("take time in proportion to the value, also where they are recursive", () => {
    const node = (tag: string): Json => ({
      type: "object",
      properties: { tag: { const: tag }, left: { $ref: "#" }, right: { $ref: "#" } },
      required: ["tag", "left", "right"],
      additionalProperties: false,
    });
    const leaf = {
      type: "object",
      properties: { tag: { const: "leaf" } },
      required: ["tag"],
      additionalProperties: false,
    };
    const check = compileCheck({ oneOf: [node("add"), node("mul"), leaf] });
    let value: Json = { tag: "leaf" };
    for (let level = 0; level < 60; level += 1)
      value = { tag: level % 2 ? "add" : "mul", left: value, right: { tag: "leaf" } };
    expect(check(value).ok).toBe(true);
    expect(check({ tag: "add", left: { tag: "leaf" }, right: { tag: "sub" } })).toMatchObject({
      issues: [{ path: ["right", "tag"] }],
    });
  });
});

describe("what is no value", () => {
  it("is refused before the schema", () => {
    const check = compileCheck(true);
    expect(check({ a: new Date(0) })).toMatchObject({
      issues: [{ path: ["a"], message: "a Date has no place in JSON" }],
    });
    expect(check(undefined).ok).toBe(false);
    expect(check("a\u0000")).toMatchObject({ issues: [{ path: [] }] });
    expect(check(["\ud800"])).toMatchObject({ issues: [{ path: ["0"] }] });
  });

  it("does not get at inherited properties", () => {
    const schema: JsonSchema = {
      type: "object",
      properties: { toString: { type: "string" } },
      additionalProperties: false,
    };
    expect(compileCheck(schema)({}).ok).toBe(true);
    expect(issues({ ...schema, required: ["toString"] }, {})).toEqual([
      ["toString", '"toString" is required'],
    ]);
    expect(issues(schema, JSON.parse('{"__proto__":1}'))).toEqual([
      ["__proto__", '"__proto__" is not a field here; take it out'],
    ]);
  });
});

describe("schemas that cannot be used", () => {
  it.each<[string, JsonSchema, RegExp]>([
    ["another document", { $ref: "https://example.com/schema.json" }, /https:\/\/example\.com.*same schema/],
    ["a missing part", { $ref: "#/$defs/X" }, /#\/\$defs\/X/],
    ["a type that is none", { type: "text" }, /text/],
    ["a keyword of the wrong type", { minLength: "x" }, /minLength/],
    ["a pattern that is none", { pattern: "(" }, /Invalid regular expression/],
    ["a long pattern", { pattern: "a".repeat(2001) }, /2001.*2000/],
    ["dynamic references", { $dynamicRef: "#x" }, /\$dynamicRef/],
    ["too many parts", { anyOf: Array.from({ length: 20_001 }, () => true) }, /20000 parts/],
  ])("%s", (_, schema, message) => {
    expect(() => compileCheck(schema)).toThrow(UnusableSchema);
    expect(() => compileCheck(schema)).toThrow(message);
  });

  it("are refused where they are nested too deeply", () => {
    let schema: JsonSchema = true;
    for (let level = 0; level < 5000; level += 1) schema = { items: schema };
    expect(() => compileCheck(schema)).toThrow(/128 levels/);
  });

  it.each<[string, JsonSchema, Json]>([
    ["itself", { $ref: "#" }, {}],
    ["itself twice", { allOf: [{ $ref: "#" }, { $ref: "#" }] }, {}],
    ["itself in a union", { anyOf: [{ $ref: "#" }, { $ref: "#" }] }, {}],
    ["a chain that doubles", doubling(40), "x"],
    [
      "a default without end",
      {
        $ref: "#/$defs/n",
        $defs: { n: { type: "object", properties: { c: { $ref: "#/$defs/n", default: {} } } } },
      },
      {},
    ],
  ])("refuse values in bounded time where a schema only leads to %s", (_, schema, value) => {
    expect(compileCheck(schema)(value).ok).toBe(false); // step by step it would take hours, or never end
  });

  it("run no code of a schema", () => {
    const name = '"];throw new Error("run");//';
    expect(compileCheck({ properties: { [name]: { type: "string" } } })({ [name]: "x" }).ok).toBe(true);
  });
});

function doubling(depth: number): JsonSchema {
  const names = Array.from({ length: depth }, (_, index) => `a${index}`);
  const entries = names.map((name, index): [string, Json] => [
    name,
    index + 1 < depth
      ? { allOf: [{ $ref: `#/$defs/a${index + 1}` }, { $ref: `#/$defs/a${index + 1}` }] }
      : { type: "string" },
  ]);
  return { $defs: Object.fromEntries(entries), $ref: "#/$defs/a0" };
}
