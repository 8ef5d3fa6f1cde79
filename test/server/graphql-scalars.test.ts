import { isScalarType, parseValue } from "graphql";
import { describe, expect, it } from "vitest";
import { parseDateTime } from "../../server/graphql/date-time.ts";
import { schema } from "../../server/graphql/schema.ts";

describe("DateTime", () => {
  it.each([
    ["2026-01-31T12:00:00Z", "2026-01-31T12:00:00.000Z"],
    ["2026-01-31t12:00:00.1234567z", "2026-01-31T12:00:00.123Z"],
    ["2026-01-31T00:30:00.5+01:00", "2026-01-30T23:30:00.500Z"],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"],
    ["9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"],
    ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"],
  ])("takes %s", (given, expected) => {
    expect(parseDateTime(given).toISOString()).toBe(expected);
  });

  it.each([
    ["yesterday", "is no RFC 3339 timestamp"],
    ["2026-01-31", "is no RFC 3339 timestamp"],
    ["2026-01-31T12:00:00", "is no RFC 3339 timestamp"],
    ["+012026-01-31T12:00:00Z", "is no RFC 3339 timestamp"],
    [1_700_000_000, "is no RFC 3339 timestamp"],
    ["2025-02-29T00:00:00Z", "names no time that exists"],
    ["2026-01-31T24:00:00Z", "names no time that exists"],
    ["2026-01-31T12:00:00+24:00", "names no time that exists"],
    ["9999-12-31T23:59:59-01:00", "outside the years 1 to 9999"],
    ["0000-06-01T00:00:00Z", "outside the years 1 to 9999"],
  ])("refuses %s with a sentence", (given, sentence) => {
    expect(() => parseDateTime(given)).toThrow(sentence);
  });
});

describe("JSON in a document", () => {
  const scalar = schema.getType("JSON");
  if (!scalar || !("parseLiteral" in scalar)) throw new Error("JSON is no scalar");
  const json = (text: string, variables = {}) => scalar.parseLiteral(parseValue(text), variables);

  it("is what it says", () => {
    expect(json('{ a: [1, -2.5, "x", true, null], nested: { b: {} } }')).toEqual({
      a: [1, -2.5, "x", true, null],
      nested: { b: {} },
    });
    expect(json("null")).toBeNull();
    expect(json("{ a: $x }", { x: [1] })).toEqual({ a: [1] });
    const odd = json("{ __proto__: { evil: true } }") as object;
    expect(Object.keys(odd)).toEqual(["__proto__"]);
    expect("evil" in odd).toBe(false);
  });

  it("refuses numbers that JSON would change", () => {
    expect(json("9007199254740991")).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => json("9007199254740993")).toThrow("send integers beyond 2^53 as strings");
    expect(() => json("[1e999]")).toThrow("too large");
  });
});

it("scalars read literals with functions that graphql-jit can compile", () => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isScalarType(type) || ["Boolean", "Float", "ID", "Int", "String"].includes(type.name)) continue;
    expect([type.name, type.parseLiteral.length]).toEqual([type.name, 1]);
  }
});
