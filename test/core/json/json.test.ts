import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  canonicalJson,
  isJson,
  type Json,
  jsonBytes,
  jsonEquals,
  jsonFits,
  jsonProblem,
  survivesJson,
  toJson,
} from "../../../core/json.ts";

const json = fc.jsonValue() as fc.Arbitrary<Json>;

function shuffled(value: Json): Json {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, shuffled(inner)]),
  );
}

describe("canonical JSON", () => {
  it("sorts names by UTF-16 code units and writes numbers as RFC 8785 does", () => {
    expect(canonicalJson({ "\u20ac": 1, "\r": 2, "\ud83d\ude00": 3, "1": 4, ö: 5 })).toBe(
      '{"\\r":2,"1":4,"ö":5,"€":1,"😀":3}',
    );
    expect(canonicalJson([333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, -0])).toBe(
      "[333333333.3333333,1e+30,4.5,0.002,1e-27,0]",
    );
  });

  it("is the same whatever the order of names, and comes back as the same value", () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(shuffled(value))).toBe(text);
        expect(jsonEquals(JSON.parse(text), value)).toBe(true);
        expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
      }),
    );
  });
});

describe("what JSON can say", () => {
  class Point {
    x = 1;
  }
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;

  it.each([
    ["a Date", new Date(0)],
    ["a Map", new Map()],
    ["a class instance", new Point()],
    ["undefined", undefined],
    ["undefined in a list", [undefined]],
    ["a hole in a list", new Array(1)],
    ["NaN", Number.NaN],
    ["infinity", [Number.POSITIVE_INFINITY]],
    ["a bigint", { a: 1n }],
    ["a function", { a: () => 1 }],
    ["a symbol", Symbol("s")],
    ["a typed array", new Uint8Array(2)],
    ["an error", new Error("x")],
    ["a cycle", cycle],
  ])("does not bring back %s", (_, value) => {
    expect(survivesJson(value)).toBe(false);
    expect(isJson(value)).toBe(false);
  });

  it("brings back every JSON value, also where one part of it occurs twice", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(isJson(value)).toBe(true);
        expect(survivesJson([value, value])).toBe(true);
        expect(toJson(value)).toEqual({ ok: true, value });
      }),
    );
  });

  it("leaves out properties that are undefined", () => {
    expect(toJson({ a: undefined, b: 1 })).toEqual({ ok: true, value: { b: 1 } });
    expect(survivesJson({ a: undefined })).toBe(true);
    expect(isJson({ a: undefined })).toBe(false);
  });

  it("names the place and what is there", () => {
    expect(toJson({ items: [1, { when: new Date(0) }] })).toEqual({
      ok: false,
      path: ["items", "1", "when"],
      message: "a Date has no place in JSON",
    });
  });

  it("keeps a property named __proto__ as data", () => {
    const copy = toJson(JSON.parse('{"__proto__":{"admin":true}}'));
    expect(copy.ok && JSON.stringify(copy.value)).toBe('{"__proto__":{"admin":true}}');
    expect(copy.ok && (copy.value as { admin?: boolean }).admin).toBeUndefined();
  });
});

describe("equality of JSON values", () => {
  it("ignores the order of names only", () => {
    expect(jsonEquals({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
    expect(jsonEquals([1, 2], [2, 1])).toBe(false);
    expect(jsonEquals({ a: 1 }, { a: 1, b: null })).toBe(false);
    expect(jsonEquals({ toString: 1 }, {})).toBe(false);
    expect(jsonEquals([], {})).toBe(false);
  });
});

describe("size and text", () => {
  it("fits into as many bytes as it has, and into no fewer", () => {
    const hard = fc.string({ unit: fc.constantFrom("\u0000", '"', "\ud800", "ä", "€", "😀", "a") });
    fc.assert(
      fc.property(fc.oneof(json, hard, fc.array(hard), fc.double()), fc.nat(20_000), (value, more) => {
        const bytes = jsonBytes(value as Json);
        expect(jsonFits(value as Json, bytes)).toBe(true);
        expect(jsonFits(value as Json, bytes + more)).toBe(true);
        expect(jsonFits(value as Json, bytes - 1)).toBe(false);
      }),
    );
  });

  it("counts bytes as UTF-8 does", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(jsonBytes(value)).toBe(new TextEncoder().encode(JSON.stringify(value)).length);
      }),
    );
    expect(jsonBytes("ä€😀")).toBe(2 + 2 + 3 + 4);
  });

  it("says how large a value is and how large it may be", () => {
    expect(jsonProblem("x".repeat(10), { maxBytes: 12 })).toBeNull();
    expect(jsonProblem("x".repeat(11), { maxBytes: 12 })).toEqual({
      path: [],
      message: "is 13 bytes of JSON; at most 12 are taken",
    });
  });

  it("finds NUL and lone surrogates, in values and in names", () => {
    expect(jsonProblem({ a: ["ok", "b\u0000"] })?.path).toEqual(["a", "1"]);
    expect(jsonProblem({ a: "\ud800" })?.message).toContain("surrogate");
    expect(jsonProblem({ a: "\udc00x" })?.message).toContain("surrogate");
    expect(jsonProblem({ a: { "\ud800": 1 } })).toMatchObject({ path: ["a"] });
    expect(jsonProblem({ a: "😀" })).toBeNull();
  });

  it("refuses what is nested more than 64 levels deep, however deep, without using up the stack", () => {
    const nested = (levels: number): unknown => {
      let value: unknown = 1;
      for (let level = 0; level < levels; level += 1) value = [value];
      return value;
    };
    expect(jsonProblem(nested(64))).toBeNull();
    expect(jsonProblem(nested(65))?.message).toContain("64 levels");
    expect(jsonProblem(nested(200_000))?.message).toContain("64 levels");
  });
});
