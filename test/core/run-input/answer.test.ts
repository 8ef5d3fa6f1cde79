import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Json } from "../../../core/json.ts";
import { type CheckResult, compileCheck } from "../../../core/json-schema/check-value.ts";
import { checkAnswer, wrapAnswer } from "../../../core/run-input/answer.ts";
import { withInitialData } from "../../../core/run-input/initial-data.ts";
import { describeInput } from "../../../core/run-input/input-type.ts";

function answer(type: z.ZodType, given: Json | null): CheckResult {
  const { questionSchema: schema, wrapped } = describeInput(type);
  return checkAnswer(compileCheck(schema), { schema, wrapped }, given);
}

const Approval = z.object({ approved: z.boolean() });

describe("answers", () => {
  it("inputs 32: where every field has a default, no input is accepted with the defaults", () => {
    const form = withInitialData(z.object({ name: z.string(), age: z.number().default(3) }), { name: "Bob" });
    for (const given of [null, {}])
      expect(answer(form, given)).toEqual({ ok: true, value: { name: "Bob", age: 3 } });
  });

  it("inputs 33: no input for a required boolean is refused, naming approved", () => {
    expect(answer(Approval, null)).toEqual({
      ok: false,
      issues: [{ path: ["approved"], message: '"approved" is required' }],
    });
  });

  it("inputs 34: a text for the boolean is refused at the field", () => {
    expect(answer(Approval, { approved: "not a bool!" })).toEqual({
      ok: false,
      issues: [{ path: ["approved"], message: 'must be true or false, not the text "not a bool!"' }],
    });
  });

  it("inputs 35: true is accepted, and what is stored equals the input", () => {
    expect(answer(Approval, { approved: true })).toEqual({ ok: true, value: { approved: true } });
  });

  it.each<[string, Json]>([
    ["json", { __prefect_kind: "json", value: "{}" }],
    ["jinja", { __prefect_kind: "jinja", template: "{{ 2 + 2 }}" }],
    ["variable", { __prefect_kind: "workspace_variable", variable_name: "x" }],
  ])("inputs 36: a %s placeholder is data: checked and stored as it is", (_, given) => {
    expect(answer(z.looseObject({}), given)).toEqual({ ok: true, value: given });
    expect(answer(z.object({ x: z.string() }), given).ok).toBe(false);
    expect(answer(z.object({ x: z.string() }), { x: "{{ 2 + 2 }}" })).toEqual({
      ok: true,
      value: { x: "{{ 2 + 2 }}" },
    });
  });

  it("inputs 37: a malformed json placeholder is data too, refused only where the schema does not take it", () => {
    const malformed = { __prefect_kind: "json", value: '{"invalid": json}' };
    expect(answer(z.object({ x: z.any() }), { x: malformed })).toEqual({ ok: true, value: { x: malformed } });
    expect(answer(z.object({ x: z.number() }), { x: malformed })).toEqual({
      ok: false,
      issues: [{ path: ["x"], message: "must be a number, not an object" }],
    });
  });

  it("inputs 74: the schema of a question shows a field's default, which is stored when the field is left out", () => {
    const form = withInitialData(z.object({ size: z.enum(["small", "large"]), note: z.string() }), {
      size: "large",
    });
    expect(describeInput(form).questionSchema.properties).toMatchObject({ size: { default: "large" } });
    expect(answer(form, { note: "x" })).toEqual({ ok: true, value: { note: "x", size: "large" } });
  });

  it.each<[string, z.ZodType, Json, Json]>([
    ["a bare value", z.number(), 42, { value: 42 }],
    ["the wrapper", z.number(), { value: 42 }, { value: 42 }],
    ["a bare list", z.array(z.number()), [1], { value: [1] }],
    ["a bare record", z.record(z.string(), z.number()), { a: 1 }, { value: { a: 1 } }],
    [
      "a record of two with value",
      z.record(z.string(), z.number()),
      { value: 1, a: 1 },
      { value: { value: 1, a: 1 } },
    ],
    ["a wrapped null", z.string().nullable(), { value: null }, { value: null }],
    ["an empty record", z.record(z.string(), z.number()), {}, { value: {} }],
    ["no input with a default", z.string().default("x"), null, { value: "x" }],
    ["no input where it may be missing", z.string().optional(), null, {}],
  ])("take %s", (_, type, given, stored) => {
    expect(answer(type, given)).toEqual({ ok: true, value: stored });
  });

  it.each<[string, z.ZodType, Json, string[]]>([
    ["of another type", z.number(), "x", ["value"]],
    ["wrapped, of another type", z.number(), { value: "x" }, ["value"]],
    ["with a wrong item", z.array(z.number()), [1, "x"], ["value", "1"]],
    ["with a record whose only name is value", z.record(z.string(), z.number()), { value: 1 }, ["value"]],
    ["without input", z.number(), null, ["value"]],
    ["null for what may be null, since null is no input", z.string().nullable(), null, ["value"]],
    ["bare, of an object with a field value", z.object({ value: z.string() }), "x", []],
  ])("refuse a value %s, with the path in the stored form", (_, type, given, path) => {
    expect(answer(type, given)).toMatchObject({ ok: false, issues: [{ path }] });
  });

  it("begin with the default of the whole object where no input is given", () => {
    const form = z.object({ a: z.string(), b: z.number().default(1) }).default({ a: "x", b: 2 });
    expect(answer(form, null)).toEqual({ ok: true, value: { a: "x", b: 2 } });
    const { questionSchema: schema, wrapped } = describeInput(form);
    const given = wrapAnswer({ schema, wrapped }, null);
    expect(given).not.toBe(schema.default);
  });
});
