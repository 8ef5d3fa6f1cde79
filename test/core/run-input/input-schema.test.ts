import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { JsonObject } from "../../../core/json.ts";
import { compileCheck } from "../../../core/json-schema/check-value.ts";
import { UnrepresentableInputType, UnsuitableInputType } from "../../../core/run-input/errors.ts";
import { messageSchema } from "../../../core/run-input/input-schema.ts";
import { describeInput } from "../../../core/run-input/input-type.ts";

function question(schema: z.ZodType): JsonObject {
  const { $schema, ...rest } = describeInput(schema).questionSchema;
  expect($schema).toBe("https://json-schema.org/draft/2020-12/schema");
  return rest;
}

function takes(schema: z.ZodType, value: unknown): boolean {
  return compileCheck(messageSchema(schema))(value).ok;
}

const closed = { additionalProperties: false };
const wrapped = (value: object, required = true): object => ({
  type: "object",
  properties: { value },
  ...(required ? { required: ["value"] } : {}),
  ...closed,
});

describe("objects", () => {
  it("inputs 4: the stored schema of a type with three fields lists exactly these, in their order, and takes no other", () => {
    const schema = question(z.object({ zip: z.string(), city: z.string(), age: z.int() }));
    expect(Object.keys(schema.properties as object)).toEqual(["zip", "city", "age"]);
    expect(schema).toMatchObject({ type: "object", required: ["zip", "city", "age"], ...closed });
    expect(takes(z.object({ zip: z.string() }), { zip: "1", more: 1 })).toBe(false);
  });

  it("are closed inside as well, unless the author left them open", () => {
    const inner = z.object({ a: z.string() });
    expect(question(z.object({ list: z.array(inner) })).properties).toMatchObject({
      list: { items: closed },
    });
    expect(question(z.looseObject({ a: z.string() })).additionalProperties).toEqual({});
    expect(question(inner.catchall(z.number())).additionalProperties).toEqual({ type: "number" });
    expect(question(z.strictObject({ a: z.string() }))).toMatchObject(closed);
    expect(question(z.object({ o: inner.optional(), n: inner.nullable() })).properties).toMatchObject({
      o: closed,
      n: { anyOf: [closed, { type: "null" }] },
    });
  });

  it("keep titles, descriptions and examples", () => {
    const schema = z.object({
      size: z
        .string()
        .meta({ title: "Size", examples: ["L"] })
        .describe("Of the shirt"),
    });
    expect(question(schema).properties).toMatchObject({
      size: { title: "Size", description: "Of the shirt", examples: ["L"] },
    });
  });

  it("show the input side: defaults are optional and prefilled", () => {
    const schema = z.object({
      a: z.string().default("x"),
      b: z.string().transform(Number),
      c: z.boolean().optional(),
    });
    expect(question(schema)).toMatchObject({
      properties: { a: { default: "x" }, b: { type: "string" } },
      required: ["b"],
    });
  });

  it("show the default of what may also be null, or of the first member of a union that has one", () => {
    const schema = z.object({
      a: z.string().default("x").nullable(),
      b: z.number().prefault(3).nullish(),
      c: z.union([z.string(), z.number().default(1), z.boolean().default(true)]),
      d: z.union([z.string().optional(), z.number().default(1)]),
    });
    expect(question(schema).properties).toMatchObject({
      a: { default: "x" },
      b: { default: 3 },
      c: { default: 1 },
      d: { anyOf: [{}, { default: 1 }] },
    });
    const result = compileCheck(messageSchema(schema))({});
    expect(result.ok && result.value).toEqual(schema.parse({}));
  });

  it("have their named root in place of the reference to it", () => {
    const named = z.object({ a: z.string() }).meta({ id: "SchemaNamed", title: "Named" });
    expect(question(named)).toEqual({
      type: "object",
      properties: { a: { type: "string" } },
      required: ["a"],
      title: "Named",
      ...closed,
    });
  });

  const plain = z.object({ a: z.string() });
  it.each<[string, z.ZodType]>([
    ["refine", plain.refine((value) => value.a !== "")],
    ["superRefine", plain.superRefine(() => undefined)],
    ["pipe", plain.pipe(z.any())],
    ["transform", plain.transform((value) => value.a)],
    ["brand", plain.brand("x")],
    ["readonly", plain.readonly()],
    ["lazy", z.lazy(() => plain)],
    ["default", plain.default({ a: "" })],
    [
      "discriminated union",
      z.discriminatedUnion("k", [plain.extend({ k: z.literal(1) }), plain.extend({ k: z.literal(2) })]),
    ],
    ["union", z.union([plain, z.object({ b: z.number() })])],
    ["intersection", z.intersection(plain, z.object({ b: z.number() }))],
    ["preprocess", z.preprocess((value) => value, plain)],
    ["strict", z.strictObject({ a: z.string() })],
    ["loose", z.looseObject({ a: z.string() })],
  ])("are asked for as they are under %s", (_, schema) => {
    expect(describeInput(schema).wrapped).toBe(false);
  });
});

describe("everything else is asked for as { value }", () => {
  it.each<[string, z.ZodType, object]>([
    ["string", z.string(), { type: "string" }],
    ["number", z.number(), { type: "number" }],
    ["boolean", z.boolean(), { type: "boolean" }],
    ["null", z.null(), { type: "null" }],
    ["enum", z.enum(["a", "b"]), { type: "string", enum: ["a", "b"] }],
    ["literal", z.literal("a"), { type: "string", const: "a" }],
    ["array", z.array(z.string()), { type: "array", items: { type: "string" } }],
    [
      "record",
      z.record(z.string(), z.number()),
      { type: "object", propertyNames: { type: "string" }, additionalProperties: { type: "number" } },
    ],
    ["union", z.union([z.string(), z.number()]), { type: ["string", "number"] }],
    ["nullable", z.string().nullable(), { type: ["string", "null"] }],
    ["coerced", z.coerce.number(), { type: "number" }],
    ["any", z.any(), {}],
    ["time", z.iso.time(), { type: "string", format: "time", pattern: z.regexes.time({}).source }],
    ["prefix", z.string().startsWith("a"), { type: "string", pattern: "^a.*" }],
    [
      "tuple",
      z.tuple([z.string(), z.number()]),
      {
        type: "array",
        prefixItems: [{ type: "string" }, { type: "number" }],
        items: false,
        minItems: 2,
        maxItems: 2,
      },
    ],
    ["with text", z.string().describe("Why?"), { type: "string", description: "Why?" }],
  ])("%s", (_, schema, value) => {
    expect(question(schema)).toEqual(wrapped(value));
    expect(describeInput(schema).wrapped).toBe(true);
  });

  it.each<[string, z.ZodType]>([
    ["nullable object", z.object({ a: z.string() }).nullable()],
    ["optional object", z.object({ a: z.string() }).optional()],
    ["array of objects", z.array(z.object({ a: z.string() }))],
    ["union with an object", z.union([z.string(), z.object({ a: z.string() })])],
    ["date-time", z.iso.datetime()],
  ])("%s", (_, schema) => {
    expect(describeInput(schema).wrapped).toBe(true);
  });

  it.each<[string, z.ZodType]>([
    ["optional", z.string().optional()],
    ["default", z.string().default("x")],
    ["prefault", z.string().prefault("x")],
    ["catch", z.string().catch("x")],
  ])("a root that is %s need not be given", (_, schema) => {
    expect(question(schema).required).toBeUndefined();
  });

  it("moves references to the whole along with it", () => {
    const Tree: z.ZodType = z.array(z.lazy(() => Tree));
    expect(question(Tree)).toEqual(wrapped({ type: "array", items: { $ref: "#/properties/value" } }));
    const check = compileCheck(describeInput(Tree).questionSchema);
    expect(check({ value: [[], [[]]] }).ok).toBe(true);
    expect(check({ value: [[], [1]] })).toMatchObject({ issues: [{ path: ["value", "1", "0"] }] });
    expect(takes(z.json(), { a: [1, null, { b: "x" }] })).toBe(true);
  });
});

describe("recursive types", () => {
  const Person = z.object({
    name: z.string(),
    get children(): z.ZodOptional<z.ZodArray<typeof Person>> {
      return z.array(Person).optional();
    },
  });

  it("are checked all the way down", () => {
    expect(takes(Person, { name: "a", children: [{ name: "b", children: [{ name: "c" }] }] })).toBe(true);
    const check = compileCheck(messageSchema(Person));
    expect(check({ name: "a", children: [{ name: "b", children: [{ nom: "c" }] }] })).toEqual({
      ok: false,
      issues: [
        { path: ["children", "0", "children", "0", "name"], message: '"name" is required' },
        {
          path: ["children", "0", "children", "0", "nom"],
          message: '"nom" is not a field here; take it out',
        },
      ],
    });
  });

  it("are the same with a name as without", () => {
    const Named: z.ZodType = z
      .object({ name: z.string(), children: z.lazy(() => z.array(Named).optional()) })
      .meta({ id: "SchemaNamedTree" });
    expect(describeInput(Named).shape).toBe(describeInput(Person).shape);
    expect(takes(Named, { name: "a", children: [{ name: "b" }] })).toBe(true);
    expect(takes(Named, { name: "a", children: [{ name: 1 }] })).toBe(false);
  });

  it("are refused beyond 64 levels", () => {
    let value: object = { name: "x" };
    for (let level = 0; level < 40; level += 1) value = { name: "x", children: [value] };
    expect(compileCheck(messageSchema(Person))(value)).toEqual({
      ok: false,
      issues: [{ path: [], message: "is nested more than 64 levels deep" }],
    });
  });
});

describe("intersections", () => {
  it("take the fields of both members, also of a named one, and no others", () => {
    const named = z.object({ b: z.number() }).meta({ id: "SchemaIntersected" });
    for (const right of [z.object({ b: z.number() }), named]) {
      const both = z.intersection(z.object({ a: z.string() }), right);
      expect(takes(both, { a: "x", b: 1 })).toBe(true);
      expect(takes(both, { a: "x" })).toBe(false);
      expect(takes(both, { a: "x", b: 1, c: 1 })).toBe(false);
    }
    expect(takes(z.intersection(z.looseObject({ a: z.string() }), named), { a: "x", b: 1, c: 1 })).toBe(true);
  });

  it("distribute over a union", () => {
    const kinds = z.discriminatedUnion("k", [
      z.object({ k: z.literal("a"), x: z.string() }),
      z.object({ k: z.literal("b") }),
    ]);
    const both = z.intersection(z.object({ id: z.string() }), kinds);
    expect(takes(both, { id: "1", k: "a", x: "x" })).toBe(true);
    expect(takes(both, { id: "1", k: "b", x: "x" })).toBe(false);
  });
});

describe("patterns", () => {
  it("whose flags JSON Schema cannot say are left to the flow", () => {
    const schema = z.string().regex(/^abc$/i).regex(/b/);
    expect(takes(schema, "ABC")).toBe(false);
    expect(takes(z.string().regex(/^abc$/i), "ABC")).toBe(true);
    expect(describeInput(z.string().regex(/^abc$/i)).checks).toBe(true);
    expect(describeInput(z.string().regex(/^abc$/)).checks).toBe(false);
  });

  it("refuse what Zod refuses beside a format", () => {
    expect(takes(z.iso.datetime(), "2026-01-01T00:00:00+02:00")).toBe(false);
    expect(takes(z.iso.datetime({ offset: true }), "2026-01-01T00:00:00+02:00")).toBe(true);
    expect(takes(z.email(), "a@b.example")).toBe(true);
    expect(takes(z.url(), "https://example.com/ä")).toBe(true);
    expect(takes(z.url(), "example")).toBe(false);
  });
});

describe("parts without a JSON Schema", () => {
  it.each<[string, z.ZodType, PropertyKey[], RegExp]>([
    ["inputs 17: z.date()", z.object({ when: z.date() }), ["when"], /z\.iso\.datetime\(\)/],
    [
      "z.date() in a list",
      z.object({ a: z.array(z.object({ d: z.date() })) }),
      ["a", "[]", "d"],
      /a\.\[\]\.d/,
    ],
    ["z.date() behind wrappers", z.object({ a: z.date().optional().nullable() }), ["a"], /z\.date/],
    ["z.coerce.date()", z.coerce.date(), [], /itself/],
    ["z.bigint()", z.record(z.string(), z.bigint()), ["{}"], /z\.string\(\)/],
    ["z.map()", z.map(z.string(), z.string()), [], /z\.record\(\)/],
    ["z.set()", z.tuple([z.string(), z.set(z.string())]), [1], /z\.array\(\)/],
    ["z.symbol()", z.object({ s: z.symbol() }), ["s"], /z\.enum\(\)/],
    ["z.custom()", z.object({ c: z.custom<string>() }), ["c"], /refine/],
    ["z.instanceof()", z.object({ c: z.instanceof(URL) }), ["c"], /refine/],
    ["z.undefined()", z.union([z.string(), z.undefined()]), [], /optional/],
    ["z.void()", z.void(), [], /optional/],
    ["z.nan()", z.nan(), [], /nullable/],
    ["z.file()", z.object({ f: z.file() }), ["f"], /base64/],
    ["a literal of undefined", z.literal([undefined, "a"]), [], /z\.literal\(undefined\)/],
    ["a literal of a bigint", z.literal(1n), [], /z\.literal\(1n\)/],
    ["a transform alone", z.object({ t: z.transform((value) => value) }), ["t"], /in front/],
    ["z.preprocess() of a date", z.preprocess((value) => value, z.date()), [], /z\.date/],
  ])("%s", (_, schema, path, message) => {
    const describing = (): unknown => describeInput(schema);
    expect(describing).toThrow(UnrepresentableInputType);
    expect(describing).toThrow(message);
    try {
      describing();
    } catch (error) {
      expect((error as UnrepresentableInputType).path).toEqual(path);
    }
  });

  it("are fine on the output side", () => {
    const day = z.codec(z.iso.date(), z.date(), {
      decode: (text) => new Date(text),
      encode: (date) => date.toISOString(),
    });
    expect(takes(z.object({ day }), { day: "2026-01-01" })).toBe(true);
    expect(
      takes(
        z.string().transform((text) => new Map([[text, 1]])),
        "a",
      ),
    ).toBe(true);
  });

  it("says which name two parts of one type share", () => {
    const schema = z.object({
      a: z.string().meta({ id: "SchemaTwice" }),
      b: z.number().meta({ id: "SchemaTwice" }),
    });
    expect(() => describeInput(schema)).toThrow(UnsuitableInputType);
    expect(() => describeInput(schema)).toThrow(/SchemaTwice/);
  });
});
