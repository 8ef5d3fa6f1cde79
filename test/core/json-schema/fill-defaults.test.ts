import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileCheck } from "../../../core/json-schema/check-value.ts";
import { fillDefaults } from "../../../core/json-schema/fill-defaults.ts";
import type { JsonSchema } from "../../../core/json-schema/schema.ts";

function issues(schema: JsonSchema, value: unknown): [string, string][] {
  const result = compileCheck(schema)(value);
  return result.ok ? [] : result.issues.map((issue) => [issue.path.join("."), issue.message]);
}

describe("defaults", () => {
  it("are filled in at every level, into a copy", () => {
    const schema: JsonSchema = {
      properties: {
        a: { type: "object", properties: { x: { default: 1 } } },
        list: { items: { properties: { y: { default: [2] } } } },
        maybe: { anyOf: [{ type: "object", properties: { z: { default: 3 } } }, { type: "null" }] },
      },
    };
    const given = Object.freeze({
      a: Object.freeze({}),
      list: Object.freeze([Object.freeze({})]),
      maybe: {},
    });
    expect(compileCheck(schema)(given)).toEqual({
      ok: true,
      value: { a: { x: 1 }, list: [{ y: [2] }], maybe: { z: 3 } },
    });
    expect(given).toEqual({ a: {}, list: [{}], maybe: {} });
  });

  it("of an object come before those of its own properties", () => {
    const schema: JsonSchema = {
      type: "object",
      properties: {
        size: {
          type: "object",
          default: { width: 10 },
          properties: { width: { type: "number", default: 1 }, height: { type: "number", default: 2 } },
        },
      },
    };
    expect(fillDefaults(schema, {})).toEqual({ size: { width: 10, height: 2 } });
    expect(fillDefaults(schema, { size: {} })).toEqual({ size: { width: 1, height: 2 } });
  });

  it("follow references and the member of a union that is meant", () => {
    const schema: JsonSchema = {
      $defs: { A: { type: "object", properties: { k: { const: "a" }, x: { default: 1 } }, required: ["k"] } },
      properties: {
        one: { $ref: "#/$defs/A", default: { k: "a" } },
        two: {
          oneOf: [
            { $ref: "#/$defs/A" },
            {
              type: "object",
              properties: { k: { const: "b" } },
              required: ["k"],
              additionalProperties: false,
            },
          ],
        },
      },
    };
    expect(compileCheck(schema)({ two: { k: "a" } })).toEqual({
      ok: true,
      value: { one: { k: "a", x: 1 }, two: { k: "a", x: 1 } },
    });
    expect(compileCheck(schema)({ two: { k: "b" } })).toMatchObject({ ok: true, value: { two: { k: "b" } } });
  });

  it("are checked like any value", () => {
    expect(issues({ properties: { a: { type: "string", default: 1 } } }, {})).toEqual([
      ["a", "must be a text, not 1"],
    ]);
  });

  it("once filled in, stay; nothing given is ever changed", () => {
    const schema: JsonSchema = {
      properties: { a: { default: { b: 1 } }, c: { items: { properties: { d: { default: null } } } } },
    };
    const check = compileCheck(schema);
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const before = JSON.stringify(value);
        const once = check(value);
        expect(JSON.stringify(value)).toBe(before);
        if (once.ok) expect(check(once.value)).toEqual(once);
      }),
    );
  });
});
