import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonText, readJson } from "../../core/form/json-text.ts";
import { kindOf } from "../../core/form/kind.ts";
import { readNumber } from "../../core/form/number.ts";
import { resolve } from "../../core/form/resolve.ts";
import { startOf } from "../../core/form/start.ts";
import { gapsIn, toSend, valueAt, withProperty } from "../../core/form/value.ts";
import type { Json } from "../../core/json.ts";
import type { JsonSchema } from "../../core/json-schema/schema.ts";
import { checkOf } from "../../web/form/model/check.ts";
import { fits } from "../../web/form/model/fits.ts";

/** Schemas of the kinds that forms draw, each with a default that fits it. */
const { schema: anySchema } = fc.letrec<{ schema: JsonSchema; leaf: JsonSchema; node: JsonSchema }>(
  (tie) => ({
    schema: fc.oneof({ maxDepth: 3, withCrossShrink: true }, tie("leaf"), tie("node")),
    leaf: fc.oneof(
      fc.string().map((text) => ({ type: "string", default: text })),
      fc.integer().map((number) => ({ type: "integer", default: number })),
      fc.boolean().map((yes) => ({ type: "boolean", default: yes })),
      fc.constantFrom<JsonSchema>(
        { enum: ["a", "b"] },
        { type: ["string", "null"] },
        { type: "number" },
        { const: "fixed" },
        { type: "null" },
      ),
    ),
    node: fc.oneof(
      fc
        .record({
          properties: fc.dictionary(fc.string({ maxLength: 6 }), tie("schema"), { maxKeys: 4 }),
          all: fc.boolean(),
        })
        .map(
          ({ properties, all }): JsonSchema => ({
            type: "object",
            properties,
            required: all ? Object.keys(properties) : [],
          }),
        ),
      tie("schema").map((items): JsonSchema => ({ type: "array", items })),
      fc
        .tuple(tie("schema"), tie("schema"))
        .map(([a, b]): JsonSchema => ({ type: "array", prefixItems: [a, b], items: false })),
    ),
  }),
);

describe("a form's value", () => {
  it("is the same after it was looked at as JSON, whatever it is", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const reading = readJson(jsonText(value as Json));
        expect(reading).toEqual({ ok: true, value: JSON.parse(JSON.stringify(value)) });
      }),
    );
  });

  it("starts as something that its own fields can show", () => {
    fc.assert(
      fc.property(anySchema, (schema) => {
        const resolved = resolve(schema, schema) ?? {};
        const kind = kindOf(schema, resolved);
        expect(fits(schema, kind, startOf(schema))).toBe(true);
      }),
    );
  });

  it("is valid from the start, but for what the form then asks for", () => {
    fc.assert(
      fc.property(anySchema, (schema) => {
        const start = startOf(schema);
        for (const { path } of checkOf(schema)(start)) expect(valueAt(start, path)).toBeUndefined();
      }),
    );
  });

  it("sends nothing that was not given, and keeps null", () => {
    expect(toSend({ a: undefined, b: null, c: [{ d: undefined }], e: "" })).toEqual({
      b: null,
      c: [{}],
      e: "",
    });
    expect(toSend(undefined)).toBeUndefined();
    expect(gapsIn({ a: undefined, list: ["x", undefined] })).toEqual([["list", "1"]]);
  });

  it("keeps the schema's order of properties, and properties that are named like those of every object", () => {
    const order = ["a", "toString", "b"];
    const filled = withProperty(withProperty({ b: 1, z: 2 }, "toString", "x", order), "a", 0, order);
    expect(JSON.stringify(filled)).toBe('{"a":0,"toString":"x","b":1,"z":2}');
    expect(valueAt({}, ["constructor"])).toBeUndefined();
  });
});

describe("what is typed", () => {
  it.each([
    ["12", 12],
    ["-0.5", -0.5],
    ["1e3", 1000],
    [" 7 ", 7],
  ])("%s is a number", (text, value) => {
    expect(readNumber(text)).toEqual({ ok: true, value });
  });

  it.each(["", "twelve", "1,5", "0x10", "Infinity", "1e999", "9007199254740993"])(
    "%s is none that JSON keeps",
    (text) => {
      expect(readNumber(text).ok).toBe(false);
    },
  );

  it("refuses JSON whose numbers would lose digits, but not such digits in texts", () => {
    expect(readJson('{"id": 12345678901234567890}')).toMatchObject({
      ok: false,
      message: expect.stringContaining("12345678901234567890"),
    });
    expect(readJson('{"id": "12345678901234567890"}').ok).toBe(true);
    expect(readJson("{")).toMatchObject({ ok: false });
    expect(readJson("  ")).toEqual({ ok: true, value: undefined });
  });
});
