import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { compileCheck } from "../../../core/json-schema/check-value.ts";
import { InputValidationError } from "../../../core/run-input/errors.ts";
import { withInitialData } from "../../../core/run-input/initial-data.ts";
import { describeInput } from "../../../core/run-input/input-type.ts";

const Person = z.object({ name: z.string(), nick: z.string().nullable(), age: z.number().optional() });

describe("initial data", () => {
  it("inputs 5: a description is kept for the question, without one there is none", () => {
    expect(describeInput(withInitialData(Person, {}, { description: "Testing" })).description).toBe(
      "Testing",
    );
    expect(describeInput(withInitialData(Person, {})).description).toBeNull();
    expect(describeInput(withInitialData(Person, {}, { description: "" })).description).toBeNull();
    expect(describeInput(Person).description).toBeNull();
  });

  it("inputs 8: the default name Bob is in the schema, and the field is no longer required", () => {
    const { questionSchema } = describeInput(withInitialData(Person, { name: "Bob" }));
    expect(questionSchema).toMatchObject({
      properties: { name: { type: "string", default: "Bob" } },
      required: ["nick"],
    });
  });

  it("inputs 9: a field that may be null stays so when it has initial data", () => {
    const made = withInitialData(Person, { nick: "Alice" });
    const check = compileCheck(describeInput(made).questionSchema);
    expect(check({ name: "Bob", nick: null })).toEqual({ ok: true, value: { name: "Bob", nick: null } });
    expect(check({ name: "Bob" })).toEqual({ ok: true, value: { name: "Bob", nick: "Alice" } });
    expect(made.parse({ name: "Bob", nick: null })).toEqual({ name: "Bob", nick: null });
    expect(made.parse({ name: "Bob" })).toEqual({ name: "Bob", nick: "Alice" });
  });

  it("leave the schema they were made from as it was", () => {
    const before = JSON.stringify(describeInput(Person));
    withInitialData(Person, { name: "Bob", nick: null }, { description: "x" });
    expect(JSON.stringify(describeInput(Person))).toBe(before);
    expect(Person.safeParse({ nick: null }).success).toBe(false);
  });

  it("may be given again, and the later ones win", () => {
    const first = withInitialData(Person, { name: "Bob", nick: "B" }, { description: "one" });
    const second = withInitialData(first, { name: "Tom" });
    expect(second.parse({})).toEqual({ name: "Tom", nick: "B" });
    expect(first.parse({})).toEqual({ name: "Bob", nick: "B" });
    expect(describeInput(second)).toMatchObject({
      description: "one",
      inputType: describeInput(Person).inputType,
      questionSchema: { properties: { name: { default: "Tom" }, nick: { default: "B" } } },
    });
    expect(describeInput(withInitialData(second, {}, { description: "two" })).description).toBe("two");
  });

  it("keep the name of the type, its texts, its refinements and its unknown fields", () => {
    const named = z
      .looseObject({ a: z.string().describe("A"), b: z.string() })
      .refine((value) => value.a !== value.b, "must differ")
      .meta({ id: "InitialNamed", title: "Named" });
    const made = withInitialData(named, { a: "x" });
    expect(describeInput(made)).toMatchObject({
      inputType: "InitialNamed",
      checks: true,
      questionSchema: {
        title: "Named",
        additionalProperties: {},
        properties: { a: { description: "A", default: "x" } },
      },
    });
    expect(made.safeParse({ b: "x" }).error?.issues).toMatchObject([{ message: "must differ" }]);
    expect(made.parse({ b: "y", c: 1 })).toEqual({ a: "x", b: "y", c: 1 });
    expect(describeInput(made.describe("later")).inputType).toBe("InitialNamed");
  });

  it("go through the transforms of the field", () => {
    const schema = z.object({ at: z.iso.datetime().transform((text) => new Date(text)) });
    expect(withInitialData(schema, { at: "2026-01-01T00:00:00Z" }).parse({}).at).toEqual(
      new Date("2026-01-01T00:00:00Z"),
    );
  });

  it("have a field called description besides the description", () => {
    const made = withInitialData(
      z.object({ description: z.string() }),
      { description: "field" },
      { description: "form" },
    );
    expect(describeInput(made)).toMatchObject({
      description: "form",
      questionSchema: { properties: { description: { default: "field" } } },
    });
  });

  it("are refused for a field that the type does not have", () => {
    // The types refuse it too.
    const give = (): unknown => withInitialData(Person, { nom: "Bob" } as object);
    expect(give).toThrow(InputValidationError);
    expect(give).toThrow(/"nom" is no field of the type; its fields are name, nick, age/);
    expect(() => withInitialData(z.looseObject({ a: z.string() }), { b: 1 } as object)).toThrow(/no field/);
  });

  it("are refused where the schema refuses them", () => {
    expect(() => withInitialData(Person, { name: 1 } as object)).toThrow(/name: must be a text, not 1/);
    const short = z.object({ a: z.string().refine((text) => text.length < 3, "too long") });
    expect(() => withInitialData(short, { a: "long" })).toThrow(/a: too long/);
    expect(() => withInitialData(z.object({ a: z.string() }), "x" as never)).toThrow(/object of its fields/);
    expect(() => withInitialData(z.email(), "x")).toThrow(/e-mail address/);
    expect(() => withInitialData(z.object({ a: z.any() }), { a: new Date(0) })).toThrow(
      /a Date has no place in JSON/,
    );
  });

  it("are left to the answer where a refinement is asynchronous", async () => {
    const schema = withInitialData(z.object({ a: z.string().refine(async (text) => text !== "x") }), {
      a: "x",
    });
    expect((await schema.safeParseAsync({})).success).toBe(false);
  });

  it("are given to what is no object as its value", () => {
    const made = withInitialData(z.string().min(1), "hi");
    expect(describeInput(made)).toMatchObject({
      inputType: "string",
      wrapped: true,
      questionSchema: { properties: { value: { type: "string", default: "hi" } } },
    });
    expect(describeInput(made).questionSchema.required).toBeUndefined();
    expect(describeInput(withInitialData(made, "ho")).questionSchema.properties).toMatchObject({
      value: { default: "ho" },
    });
    expect(
      describeInput(withInitialData(z.array(z.string()), ["a"])).questionSchema.properties,
    ).toMatchObject({
      value: { default: ["a"] },
    });
  });

  it("reach the fields of a union's members", () => {
    const schema = z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("a"), n: z.number(), x: z.string() }),
      z.object({ kind: z.literal("b"), x: z.number() }),
    ]);
    const made = withInitialData(schema, { n: 1, x: "q" });
    expect(made.parse({ kind: "a" })).toEqual({ kind: "a", n: 1, x: "q" });
    expect(made.safeParse({ kind: "b" }).success).toBe(false);
  });

  it("take a text as their description, and nothing else", () => {
    const description = 5 as unknown as string;
    expect(() => withInitialData(z.string(), "x", { description })).toThrow(
      "the description is a text of Markdown, not the number 5",
    );
  });

  it("choose the member of a union where its tag is left out", () => {
    const schema = z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("card"), number: z.string() }),
      z.object({ kind: z.literal(["bill", "invoice"]), address: z.string(), days: z.number().default(30) }),
    ]);
    const made = withInitialData(schema, { kind: "invoice", address: "Ghent" });
    const { questionSchema, ...identity } = describeInput(made);
    const { inputType, shape, schemaDigest } = describeInput(schema);
    expect(identity).toMatchObject({ inputType, shape, schemaDigest, checks: false });
    // The form begins with the first member.
    expect(questionSchema.oneOf).toMatchObject([{ properties: { kind: { default: "invoice" } } }, {}]);
    const check = compileCheck(questionSchema);
    const usual = { kind: "invoice", address: "Ghent", days: 30 };
    expect(check({})).toEqual({ ok: true, value: usual });
    expect(made.parse({})).toEqual(usual);
    expect(check({ days: 3 })).toEqual({ ok: true, value: { ...usual, days: 3 } });
    const card = { kind: "card", number: "1" };
    expect(check(card)).toEqual({ ok: true, value: card });
    expect(made.parse(card)).toEqual(card);
    for (const wrong of [{ kind: "card" }, { kind: "cash" }, { days: "3" }]) {
      expect(check(wrong).ok).toBe(false);
      expect(made.safeParse(wrong).success).toBe(false);
    }
    expect(check({ kind: "cash" })).toMatchObject({ issues: [{ path: ["kind"] }] });
    const again = withInitialData(made, { kind: "card", number: "2" });
    expect(again.parse({})).toEqual({ kind: "card", number: "2" });
    expect(compileCheck(describeInput(again).questionSchema)({})).toEqual({
      ok: true,
      value: { kind: "card", number: "2" },
    });
    expect(() => withInitialData(schema, { kind: "cash" as "card" })).toThrow(/kind: must be "card"/);
  });

  it("reach through wrappers of an object", () => {
    const schema = z
      .lazy(() => z.object({ a: z.string(), b: z.number() }).readonly())
      .transform((value) => value.a);
    const made = withInitialData(schema, { a: "x" });
    expect(made.parse({ b: 1 })).toBe("x");
    expect(describeInput(made).inputType).toBe(describeInput(schema).inputType);
  });

  it("are copied, so that nobody changes them afterwards", () => {
    const list = ["a"];
    const made = withInitialData(z.object({ list: z.array(z.string()) }), { list });
    list.push("b");
    const first = made.parse({});
    first.list.push("c");
    expect(made.parse({})).toEqual({ list: ["a"] });
  });

  it("of any field and value make a question that may be left unanswered, again and again", () => {
    const text = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(text, fc.option(text), (name, nick) => {
        const made = withInitialData(Person, { name, nick });
        const check = compileCheck(describeInput(made).questionSchema);
        const once = check({});
        expect(once).toEqual({ ok: true, value: { name, nick } });
        expect(once.ok && check(once.value)).toEqual(once);
      }),
      { numRuns: 30 },
    );
  });
});
