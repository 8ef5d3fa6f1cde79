import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Json } from "../../../core/json.ts";
import { compileCheck, UnusableSchema } from "../../../core/json-schema/check-value.ts";
import type { JsonSchema } from "../../../core/json-schema/schema.ts";
import { UnsuitableInputType } from "../../../core/run-input/errors.ts";
import { withInitialData } from "../../../core/run-input/initial-data.ts";
import { describeInput, describeInputType } from "../../../core/run-input/input-type.ts";
import { readAnswer } from "../../../core/run-input/read-input.ts";
import { compare, oneOfFields, requires } from "../../../core/run-input/refinement.ts";
import { createRunInput } from "../../../core/run-input/run-input-class.ts";

type Issues = [string, string][];

/** What the flow's own schema says, which must be what the form and the server say. */
function issues(type: z.ZodType, value: Json): Issues {
  const zod = (type.safeParse(value).error?.issues ?? []).map((issue) => [
    issue.path.join("."),
    issue.message,
  ]) as Issues;
  const result = compileCheck(describeInput(type).messageSchema)(value);
  const schema = result.ok
    ? []
    : result.issues.map((issue): [string, string] => [issue.path.join("."), issue.message]);
  expect(schema).toEqual(zod);
  return zod;
}

const Stay = z
  .object({ from: z.iso.date(), to: z.iso.date(), guests: z.int().optional(), beds: z.int().optional() })
  .check(compare("from", "<=", "to"), compare("guests", "<=", "beds"));
const Address = z
  .object({ street: z.string().optional(), city: z.string().nullish(), zip: z.string().optional() })
  .check(requires("street", "city", "zip"));
const Contact = z
  .object({ email: z.email().optional(), phone: z.e164().optional(), fax: z.e164().optional() })
  .check(oneOfFields("email", "phone", "fax"));

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

describe("a refinement travels in the schema", () => {
  it("under one keyword, and is nothing that only the flow can check", () => {
    expect(describeInput(Stay)).toMatchObject({
      checks: false,
      messageSchema: {
        "x-antiphon-refinements": [
          { kind: "compare", left: "from", operator: "<=", right: "to" },
          { kind: "compare", left: "guests", operator: "<=", right: "beds" },
        ],
      },
    });
    expect(describeInput(Address).messageSchema["x-antiphon-refinements"]).toEqual([
      { kind: "requires", field: "street", needs: ["city", "zip"] },
    ]);
    expect(describeInput(Contact).messageSchema["x-antiphon-refinements"]).toEqual([
      { kind: "oneOfFields", fields: ["email", "phone", "fax"] },
    ]);
    expect(describeInput(Stay.refine(() => true)).checks).toBe(true);
  });

  it("and counts into the digest of the schema, but for its words; not into the identity", () => {
    const plain = z.object({ a: z.number(), b: z.number() });
    const refined = plain.check(compare("a", "<", "b"), oneOfFields("a", "b"));
    const spoken = plain.check(oneOfFields("a", "b", { message: "One!" }), compare("a", "<", "b"));
    const other = plain.check(compare("a", "<=", "b"));
    const { inputType, shape } = describeInput(plain);
    for (const type of [refined, spoken, other])
      expect(describeInput(type)).toMatchObject({ inputType, shape });
    expect(describeInput(spoken).schemaDigest).toBe(describeInput(refined).schemaDigest);
    const digests = [plain, refined, other].map((type) => describeInput(type).schemaDigest);
    expect(new Set(digests).size).toBe(3);
  });

  it.each<[string, () => z.ZodType, (given: Json) => Json, string]>([
    ["a field", () => z.object({ stay: Stay }), (stay) => ({ stay }), "stay.to"],
    ["a list", () => z.array(Stay), (stay) => [stay], "0.to"],
    ["a record", () => z.record(z.string(), Stay), (stay) => ({ x: stay }), "x.to"],
    ["a nullable", () => z.object({ stay: Stay.nullable() }), (stay) => ({ stay }), "stay.to"],
    ["a lazy", () => z.lazy(() => Stay), (stay) => stay, "to"],
    ["a brand, read-only", () => Stay.brand("Stay").readonly(), (stay) => stay, "to"],
    ["a text about it", () => Stay.describe("A stay").meta({ title: "Stay" }), (stay) => stay, "to"],
    ["a name", () => Stay.meta({ id: "RefinedStay" }), (stay) => stay, "to"],
    [
      "a definition",
      () => z.object({ stay: Stay.meta({ id: "RefinedInner" }).describe("x") }),
      (stay) => ({ stay }),
      "stay.to",
    ],
    ["more fields", () => Stay.safeExtend({ note: z.string().optional() }), (stay) => stay, "to"],
    ["initial data", () => withInitialData(Stay, { guests: 1 }), (stay) => stay, "to"],
  ])("inside %s", (_, make, wrap, path) => {
    const bad = wrap({ from: "2026-01-02", to: "2026-01-01" });
    expect(issues(make(), bad)).toEqual([[path, 'must be the same as or after "from", which is 2026-01-02']]);
    expect(issues(make(), wrap({ from: "2026-01-02", to: "2026-01-02" }))).toEqual([]);
    expect(describeInput(make()).checks).toBe(false);
  });

  it("in a question that is answered by { value }, with that in the path", async () => {
    const { questionSchema } = describeInput(Stay.array());
    const answer = { value: [{ from: "2026-01-02", to: "2026-01-01" }] };
    const issue = {
      path: ["value", "0", "to"],
      message: 'must be the same as or after "from", which is 2026-01-02',
    };
    expect(compileCheck(questionSchema)(answer)).toEqual({ ok: false, issues: [issue] });
    expect(await readAnswer(Stay.array(), answer)).toMatchObject({
      ok: false,
      issues: [{ ...issue, path: ["value", 0, "to"] }],
    });
  });

  it("in recursive types", () => {
    const Range: z.ZodType = z
      .object({
        low: z.number(),
        high: z.number(),
        get inner() {
          return Range.optional();
        },
      })
      .check(compare("low", "<=", "high"));
    expect(issues(Range, { low: 1, high: 2, inner: { low: 4, high: 3 } })).toEqual([
      ["inner.high", 'must be at least "low", which is 4'],
    ]);
  });

  it("beside those of what it was made from", () => {
    const named = Stay.meta({ id: "RefinedTwice" });
    const value = { from: "2026-01-02", to: "2026-01-01", guests: 1 };
    for (const made of [named, named.readonly(), Stay.readonly(), z.lazy(() => named)]) {
      const type = made.check(requires("guests", "beds"));
      expect(issues(type, value).map(([path]) => path)).toEqual(["to", "beds"]);
      expect(issues(z.tuple([type]), [value]).map(([path]) => path)).toEqual(["0.to", "0.beds"]);
    }
  });

  it("on unions and intersections, and in their members", () => {
    const Payment = z
      .discriminatedUnion("by", [
        z
          .object({ by: z.literal("card"), from: z.number(), to: z.number() })
          .check(compare("from", "<", "to")),
        z.object({ by: z.literal("bill"), from: z.number().optional(), email: z.string().optional() }),
      ])
      .check(requires("from", "by"));
    expect(issues(Payment, { by: "card", from: 2, to: 1 })).toEqual([
      ["to", 'must be more than "from", which is 2'],
    ]);
    expect(issues(Payment, { by: "bill" })).toEqual([]);
    const plain = z.intersection(z.object({ a: z.number() }), z.object({ b: z.number() }));
    const refined = z.intersection(
      z.looseObject({ a: z.number(), b: z.number() }).check(compare("a", "<", "b")),
      z.object({ c: z.number().optional() }),
    );
    expect(issues(plain.check(compare("a", "<", "b")), { a: 1, b: 1 })).toHaveLength(1);
    expect(issues(refined, { a: 1, b: 1 })).toHaveLength(1);
  });

  it("without changing the identity of an intersection", () => {
    const left = z.object({ a: z.number(), b: z.number() });
    const right = z.object({ c: z.number() });
    const plain = describeInput(z.intersection(left, right));
    const refined = describeInput(z.intersection(left.check(compare("a", "<", "b")), right));
    expect(refined).toMatchObject({ inputType: plain.inputType, shape: plain.shape, checks: false });
    expect(refined.schemaDigest).not.toBe(plain.schemaDigest);
    const check = compileCheck(refined.messageSchema);
    expect(check({ a: 1, b: 2, c: 3 }).ok).toBe(true);
    expect(check({ a: 1, b: 1, c: 3 }).ok).toBe(false);
    expect(check({ a: 1, b: 2, c: 3, d: 4 }).ok).toBe(false);
  });

  it("in the schema of a RunInput class", async () => {
    const RunInput = createRunInput({} as Parameters<typeof createRunInput>[0]);
    class Booking extends RunInput(Stay) {}
    expect(describeInputType(Booking)).toMatchObject({ inputType: "Booking", checks: false });
    expect(() => new Booking({ from: "2026-01-02", to: "2026-01-01" })).toThrow(
      /to: must be the same as or after/,
    );
    expect(new Booking({ from: "2026-01-01", to: "2026-01-01" }).to).toBe("2026-01-01");
    const Filled = Booking.withInitialData({ from: "2026-02-01" });
    const check = compileCheck(describeInputType(Filled).questionSchema);
    expect(check({ to: "2026-01-01" })).toMatchObject({ ok: false, issues: [{ path: ["to"] }] });
    expect(await readAnswer(Filled, { to: "2026-01-01" })).toMatchObject({ ok: false });
  });
});

describe("a refinement over what a transform makes", () => {
  const Trip = z
    .object({
      from: z.iso.date().transform((text) => new Date(text)),
      to: z.iso.date().transform((text) => new Date(text)),
      note: z.string().trim().optional(),
      name: z.string().optional(),
    })
    .check(compare("from", "<=", "to"));

  it("stays with the flow", () => {
    const { checks, messageSchema } = describeInput(Trip);
    expect(checks).toBe(true);
    expect(messageSchema["x-antiphon-refinements"]).toBeUndefined();
    expect(Trip.safeParse({ from: "2026-01-02", to: "2026-01-01" }).error?.issues).toMatchObject([
      { path: ["to"], message: 'must be the same as or after "from", which is 2026-01-02T00:00:00.000Z' },
    ]);
  });

  it("travels where only the presence of a trimmed text counts", () => {
    const Form = z
      .object({ note: z.string().trim().optional(), name: z.string().optional() })
      .check(oneOfFields("note", "name"));
    expect(describeInput(Form).messageSchema["x-antiphon-refinements"]).toHaveLength(1);
    const Compared = z.object({ a: z.string().trim(), b: z.string() }).check(compare("a", "==", "b"));
    expect(describeInput(Compared).messageSchema["x-antiphon-refinements"]).toBeUndefined();
    expect(
      describeInput(
        z
          .object({ a: z.number(), b: z.number() })
          .transform((o) => o)
          .check(compare("a", "<", "b")),
      ).messageSchema["x-antiphon-refinements"],
    ).toBeUndefined();
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
