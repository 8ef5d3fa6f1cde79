import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Json } from "../../../core/json.ts";
import { compileCheck } from "../../../core/json-schema/check-value.ts";
import { withInitialData } from "../../../core/run-input/initial-data.ts";
import { describeInput, describeInputType } from "../../../core/run-input/input-type.ts";
import { readAnswer } from "../../../core/run-input/read-input.ts";
import { compare, oneOfFields, requires } from "../../../core/run-input/refinement.ts";
import { createRunInput } from "../../../core/run-input/run-input-class.ts";
import { Address, Contact, issues, Stay } from "./support/refined.ts";

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
