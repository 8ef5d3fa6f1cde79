import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Json } from "../../../core/json.ts";
import { compileCheck, UnusableSchema } from "../../../core/json-schema/check-value.ts";
import type { JsonSchema } from "../../../core/json-schema/schema.ts";
import { UnsuitableInputType } from "../../../core/run-input/errors.ts";
import { describeInput } from "../../../core/run-input/input-type.ts";
import { compare, oneOfFields, requires } from "../../../core/run-input/refinement.ts";
import { Address, Contact, issues, Stay } from "./support/refined.ts";

describe("a refinement declared as data", () => {
  it("compares two fields, and blames the right one", () => {
    expect(issues(Stay, { from: "2026-01-01", to: "2026-01-01", guests: 2, beds: 2 })).toEqual([]);
    expect(issues(Stay, { from: "2026-01-02", to: "2026-01-01", guests: 10, beds: 9 })).toEqual([
      ["to", 'must be the same as or after "from", which is 2026-01-02'],
      ["beds", 'must be at least "guests", which is 10'],
    ]);
    const Signup = z
      .object({ password: z.string(), again: z.string(), hint: z.string() })
      .check(compare("password", "==", "again"), compare("password", "!=", "hint"));
    expect(issues(Signup, { password: "a", again: "b", hint: "a" })).toEqual([
      ["again", 'must be the same as "password"'],
      ["hint", 'must not be the same as "password"'],
    ]);
  });

  it("compares only what is given", () => {
    expect(issues(Stay, { from: "2026-01-01", to: "2026-01-01", guests: 2 })).toEqual([]);
    const Range = z
      .object({ low: z.number().nullable(), high: z.number().nullable() })
      .check(compare("low", "<", "high"));
    expect(issues(Range, { low: 3, high: null })).toEqual([]);
    expect(issues(Range, { low: 3, high: 3 })).toEqual([["high", 'must be more than "low", which is 3']]);
  });

  it("refuses to compare what is of two kinds", () => {
    const Either = z
      .object({ a: z.union([z.string(), z.number()]), b: z.union([z.string(), z.number()]) })
      .check(compare("a", "<", "b"));
    expect(issues(Either, { a: 1, b: "2" })).toEqual([
      ["b", 'cannot be compared with "a", which is of another kind'],
    ]);
    expect(issues(Either, { a: "1", b: "2" })).toEqual([]);
  });

  it("requires fields where another is given, null being none", () => {
    expect(issues(Address, {})).toEqual([]);
    expect(issues(Address, { city: "Ghent" })).toEqual([]);
    expect(issues(Address, { street: "Main St", city: "Ghent", zip: "9000" })).toEqual([]);
    expect(issues(Address, { street: "Main St", city: null })).toEqual([
      ["city", '"city" is required where "street" is given'],
      ["zip", '"zip" is required where "street" is given'],
    ]);
  });

  it("takes exactly one of several fields", () => {
    expect(issues(Contact, { email: "a@b.example" })).toEqual([]);
    expect(issues(Contact, {})).toEqual([["email", 'one of "email", "phone" or "fax" must be given']]);
    expect(issues(Contact, { email: "a@b.example", fax: "+12025550123" })).toEqual([
      ["fax", 'only one of "email", "phone" or "fax" may be given, and "email" is given too'],
    ]);
  });

  it("speaks with the author's words where there are some", () => {
    const Trip = z
      .object({ out: z.iso.datetime(), back: z.iso.datetime().optional(), a: z.string().optional() })
      .check(
        compare("out", "<", "back", { message: "Come back after you left." }),
        requires("back", "a", { message: "Say a." }),
        oneOfFields("a", "back", { message: "Not both." }),
      );
    expect(issues(Trip, { out: "2026-01-01T00:00:00Z", back: "2026-01-01T00:00:00.0Z" })).toEqual([
      ["back", "Come back after you left."],
      ["a", "Say a."],
    ]);
    expect(issues(Trip, { out: "2026-01-01T00:00:00Z" })).toEqual([["a", "Not both."]]);
  });

  it("leaves a field alone with which something else is wrong, and speaks of the others at once", () => {
    const refused = (value: Json): string[] => {
      const zod = Stay.safeParse(value).error?.issues.map((issue) => issue.path.join(".")) ?? [];
      const result = compileCheck(describeInput(Stay).messageSchema)(value);
      expect(result.ok ? [] : result.issues.map((issue) => issue.path.join("."))).toEqual(zod);
      return zod;
    };
    expect(refused({ from: "2026-01-02", to: "soon", guests: 2, beds: 1 })).toEqual(["to", "beds"]);
    expect(refused({ from: "2026-01-02", guests: 2, beds: 1 })).toEqual(["to", "beds"]);
    expect(refused([])).toEqual([""]);
    expect(refused("x")).toEqual([""]);
  });

  it("counts a default as given", () => {
    const Form = z
      .object({
        a: z.string().default("x"),
        b: z.string().optional(),
        c: z.number().default(3),
        d: z.number(),
      })
      .check(requires("a", "b"), compare("c", "<", "d"));
    expect(issues(Form, { d: 2 })).toEqual([
      ["b", '"b" is required where "a" is given'],
      ["d", 'must be more than "c", which is 3'],
    ]);
    expect(issues(Form, { b: "", d: 4 })).toEqual([]);
  });

  it("does not take inherited properties for fields", () => {
    const Odd = z.record(z.string(), z.string()).check(oneOfFields("toString", "constructor"));
    expect(issues(Odd, {})).toEqual([["toString", 'one of "toString" or "constructor" must be given']]);
    expect(issues(Odd, { toString: "x" })).toEqual([]);
  });
});

describe("mistakes", () => {
  it("of an author are seen by the types, and else when the type is used", () => {
    // @ts-expect-error "too" is no field
    const typo = z.object({ from: z.number(), to: z.number() }).check(compare("from", "<", "too"));
    expect(() => describeInput(typo)).toThrow(UnsuitableInputType);
    expect(() => describeInput(typo)).toThrow(/"too", which is no field/);
    // @ts-expect-error lists cannot be compared
    z.object({ a: z.array(z.string()), b: z.string() }).check(compare("b", "<", "a"));
    // @ts-expect-error "c" is no field
    z.object({ a: z.string(), b: z.string() }).check(requires("a", "c"));
    // @ts-expect-error one of one is no choice
    expect(() => z.object({ a: z.string() }).check(oneOfFields("a"))).toThrow(UnsuitableInputType);
    expect(() => compare("a" as never, "<", "a" as never)).toThrow(/different fields/);
    expect(() => compare("a" as never, "=" as never, "b" as never)).toThrow(/"operator":"="/);
    expect(() => requires("a" as never, 1 as never)).toThrow(UnsuitableInputType);
    // Any name may be a field of an open object.
    describeInput(z.looseObject({ a: z.string() }).check(requires("a", "b")));
    describeInput(z.record(z.string(), z.string()).check(oneOfFields("a", "b")));
  });

  it.each<[string, Json]>([
    ["no list", { kind: "compare" }],
    ["no list", "x"],
    ["no object", [null]],
    ["no kind", [{}]],
    ["an unknown kind", [{ kind: "sum", fields: ["a", "b"] }]],
    ["no fields", [{ kind: "oneOfFields" }]],
    ["too few fields", [{ kind: "oneOfFields", fields: ["a"] }]],
    ["fields twice", [{ kind: "oneOfFields", fields: ["a", "a"] }]],
    ["fields that are no texts", [{ kind: "requires", field: "a", needs: [1] }]],
    ["nothing needed", [{ kind: "requires", field: "a", needs: [] }]],
    ["an unknown operator", [{ kind: "compare", left: "a", operator: "=", right: "b" }]],
    ["an inherited operator", [{ kind: "compare", left: "a", operator: "toString", right: "b" }]],
    ["a message that is no text", [{ kind: "oneOfFields", fields: ["a", "b"], message: 1 }]],
    ["what belongs to no refinement", [{ kind: "oneOfFields", fields: ["a", "b"], most: 1 }]],
    ["too many", Array.from({ length: 101 }, () => ({ kind: "oneOfFields", fields: ["a", "b"] }))],
    [
      "too many fields",
      [{ kind: "oneOfFields", fields: Array.from({ length: 101 }, (_, index) => `f${index}`) }],
    ],
  ])("of a schema from outside make it unusable: %s", (_, keyword) => {
    const object: JsonSchema = { "x-antiphon-refinements": keyword };
    for (const schema of [object, { type: "array", items: object }]) {
      expect(() => compileCheck(schema)).toThrow(UnusableSchema);
      expect(() => compileCheck(schema)).toThrow(/x-antiphon-refinements/);
    }
  });

  it("are none where a refinement from outside names what is no field, or the value is no object", () => {
    const check = compileCheck({
      "x-antiphon-refinements": [{ kind: "oneOfFields", fields: ["__proto__", "hasOwnProperty"] }],
    });
    expect(check(1).ok).toBe(true);
    expect(check({})).toMatchObject({ ok: false, issues: [{ path: ["__proto__"] }] });
    expect(check(JSON.parse('{"__proto__":1}')).ok).toBe(true);
  });
});
