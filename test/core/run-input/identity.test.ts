import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { InputTypeConflict, UnsuitableInputType } from "../../../core/run-input/errors.ts";
import { withInitialData } from "../../../core/run-input/initial-data.ts";
import { messageSchema } from "../../../core/run-input/input-schema.ts";
import { describeInput, valueInputType } from "../../../core/run-input/input-type.ts";
import { InputTypeRegistry } from "../../../core/run-input/name-registry.ts";
import { canonicalShape } from "../../../core/run-input/shape.ts";

const id = (schema: z.ZodType, name?: string): string => describeInput(schema, name).inputType;
const shape = (schema: z.ZodType): unknown => canonicalShape(messageSchema(schema));

describe("the identity of a type", () => {
  it("is first the explicit name, as it is written", () => {
    expect(id(z.object({ a: z.string() }), "ShirtOrder")).toBe("ShirtOrder");
    expect(id(z.object({ a: z.string() }).meta({ id: "Größe 2" }))).toBe("Größe 2");
    expect(id(z.string().meta({ id: "Greeting" }))).toBe("Greeting");
    expect(id(z.string().meta({ id: "Greeting2" }), "Named")).toBe("Named");
    expect(id(z.string().meta({ id: "Greeting3" }).describe("x"))).toBe("string");
    expect(() => id(z.string().meta({ id: "a/b" }))).toThrow(UnsuitableInputType);
  });

  it.each<[string, z.ZodType]>([
    ["string", z.string().min(3).max(9)],
    ["string", z.string().regex(/a/).regex(/b/)],
    ["string", z.string().startsWith("a").trim()],
    ["string", z.string().default("x")],
    ["string", z.string().optional()],
    ["string", z.string().describe("Why?")],
    ["string", z.stringbool()],
    ["number", z.int()],
    ["number", z.int32()],
    ["number", z.number().min(3).multipleOf(2)],
    ["number", z.union([z.int(), z.number()])],
    ["boolean", z.boolean()],
    ["null", z.null()],
  ])("then the plain type: %s", (name, schema) => {
    expect(id(schema)).toBe(name);
    expect(describeInput(schema).named).toBe(false);
  });

  it.each<[string, z.ZodType]>([
    ["an e-mail address", z.email()],
    ["a date", z.iso.date()],
    ["a time", z.iso.time()],
    ["an enum", z.enum(["a"])],
    ["a literal", z.literal(1)],
    ["a nullable text", z.string().nullable()],
    ["anything", z.any()],
    ["an object", z.object({})],
  ])("then the shape: %s", (_, schema) => {
    expect(id(schema)).toMatch(/^s-[0-9a-f]{32}$/);
  });

  it("inputs 16: fields in another order are the same type, items of another type are not", () => {
    expect(id(z.object({ a: z.string(), b: z.number() }))).toBe(
      id(z.object({ b: z.number(), a: z.string() })),
    );
    expect(id(z.array(z.string()))).not.toBe(id(z.array(z.number())));
  });

  it.each<[string, z.ZodType, z.ZodType]>([
    ["constraints", z.array(z.string().min(3)).max(2), z.array(z.string())],
    ["whole numbers", z.array(z.int()), z.array(z.number())],
    [
      "texts about it",
      z.object({ a: z.string().meta({ title: "A", color: "red" }) }),
      z.object({ a: z.string() }),
    ],
    ["the order of an enum", z.enum(["a", "b"]), z.enum(["b", "a"])],
    [
      "the order of a union",
      z.union([z.string(), z.array(z.string())]),
      z.union([z.array(z.string()), z.string()]),
    ],
    [
      "the nesting of a union",
      z.union([z.null(), z.union([z.string(), z.number()])]),
      z.union([z.string(), z.number(), z.null()]),
    ],
    ["a constrained member", z.string().min(3).nullable(), z.string().nullable()],
    ["refinements", z.array(z.string()).refine(() => true), z.array(z.string())],
    [
      "definitions",
      z.array(z.object({ a: z.string() }).meta({ id: "IdentityInner" })),
      z.array(z.object({ a: z.string() })),
    ],
    ["strictness said twice", z.strictObject({ a: z.string() }), z.object({ a: z.string() })],
    [
      "the look of a record's names",
      z.record(z.string().min(2), z.number()),
      z.record(z.string(), z.number()),
    ],
  ])("does not see %s", (_, one, other) => {
    expect(id(one)).toBe(id(other));
  });

  it.each<[string, z.ZodType, z.ZodType]>([
    ["formats", z.array(z.iso.date()), z.array(z.string())],
    ["required-ness", z.object({ a: z.string().optional() }), z.object({ a: z.string() })],
    ["names", z.object({ a: z.string() }), z.object({ b: z.string() })],
    ["openness", z.looseObject({ a: z.string() }), z.object({ a: z.string() })],
    ["constants", z.literal("a"), z.literal("b")],
    ["members", z.enum(["a", "b"]), z.enum(["a", "b", "c"])],
    ["records and objects", z.record(z.string(), z.string()), z.object({})],
    ["a tuple's items", z.tuple([z.string()]), z.tuple([z.string(), z.string()])],
    ["a tuple's required items", z.tuple([z.string()]), z.tuple([z.string().optional()])],
    [
      "texts and constraints named like keywords",
      z.object({ title: z.string() }),
      z.object({ minimum: z.string() }),
    ],
  ])("sees %s", (_, one, other) => {
    expect(id(one)).not.toBe(id(other));
  });

  it("tells recursive types apart by where they return to", () => {
    const Chain: z.ZodType = z.object({ next: z.lazy(() => Chain.optional()) });
    const Tree: z.ZodType = z.object({ next: z.lazy(() => z.array(Tree)) });
    const Again: z.ZodType = z.object({ next: z.lazy(() => Again.optional()) });
    expect(id(Chain)).toBe(id(Again));
    expect(id(Chain)).not.toBe(id(Tree));
  });

  it("has the shape as it is specified", () => {
    expect(shape(z.array(z.int().min(3)))).toEqual({ type: "array", items: { type: "number" } });
    expect(shape(z.object({ b: z.string().min(2).nullable(), a: z.iso.date() }))).toEqual({
      type: "object",
      properties: { a: { type: "string", format: "date" }, b: { type: ["null", "string"] } },
      required: ["a", "b"],
      additionalProperties: false,
    });
    expect(id(z.array(z.string()))).toBe("s-681004346c78d5f384b654c986b4eda8");
  });

  it("of a value sent without a type is known for plain values only", () => {
    expect(["x", 1, true, null, [], {}, undefined, 1n].map(valueInputType)).toEqual([
      "string",
      "number",
      "boolean",
      "null",
      null,
      null,
      null,
      null,
    ]);
  });
});

describe("identity under change", () => {
  const field = fc.constantFrom<[string, () => z.ZodType]>(
    ["text", () => z.string()],
    ["date", () => z.iso.date()],
    ["number", () => z.number()],
    ["enum", () => z.enum(["a", "b"])],
    ["optional", () => z.string().optional()],
    ["nested", () => z.object({ x: z.number(), y: z.boolean() })],
    ["list", () => z.array(z.string().nullable())],
    ["union", () => z.union([z.string(), z.array(z.number())])],
  );
  const fields = fc.uniqueArray(fc.tuple(fc.string(), field), { selector: ([name]) => name, maxLength: 6 });
  const object = (list: [string, [string, () => z.ZodType]][]): z.ZodObject =>
    z.object(Object.fromEntries(list.map(([name, [, make]]) => [name, make()])));

  it("the order of fields does not count", () => {
    fc.assert(
      fc.property(fields, (list) => {
        expect(id(object(list))).toBe(id(object([...list].reverse())));
        expect(describeInput(object(list)).schemaDigest).toBe(
          describeInput(object([...list].reverse())).schemaDigest,
        );
      }),
      { numRuns: 50 },
    );
  });

  it("another kind of field or another name does count", () => {
    fc.assert(
      fc.property(fields, fields, (one, other) => {
        const kinds = (list: typeof one): string =>
          JSON.stringify(list.map(([name, [kind]]) => [name, kind]).sort());
        expect(id(object(one)) === id(object(other))).toBe(kinds(one) === kinds(other));
      }),
      { numRuns: 100 },
    );
  });

  it("a schema that was stored and read again has the same shape", () => {
    fc.assert(
      fc.property(fields, (list) => {
        const schema = messageSchema(object(list));
        expect(canonicalShape(JSON.parse(JSON.stringify(schema)))).toEqual(canonicalShape(schema));
      }),
      { numRuns: 50 },
    );
  });

  it("constraints are seen by the digest of the schema alone", () => {
    const digests = [z.string(), z.string().min(3), z.string().min(4)].map(
      (schema) => describeInput(schema).schemaDigest,
    );
    expect(new Set(digests).size).toBe(3);
    expect(describeInput(z.string().describe("x")).schemaDigest).toBe(digests[0]);
  });

  it("initial data change neither identity nor digest", () => {
    const schema = z.object({ a: z.string(), b: z.number() });
    const made = describeInput(withInitialData(schema, { a: "x" }));
    const { inputType, shape: known, schemaDigest } = describeInput(schema);
    expect(made).toMatchObject({ inputType, shape: known, schemaDigest });
  });
});

describe("names in one process", () => {
  it("stand for one shape each, refused at first use", () => {
    const registry = new InputTypeRegistry();
    const order = z.object({ a: z.string() });
    registry.use(describeInput(order, "Order"));
    registry.use(describeInput(z.object({ a: z.string().min(3) }), "Order"));
    registry.use(describeInput(withInitialData(order, { a: "x" }), "Order"));
    registry.use(describeInput(z.object({ b: z.string() }), "Orders"));
    expect(() => registry.use(describeInput(z.object({ b: z.string() }), "Order"))).toThrow(
      InputTypeConflict,
    );
    expect(() => registry.use(describeInput(z.object({}), "string"))).toThrow(/"string"/);
    registry.use(describeInput(z.string().min(3)));
  });
});

describe("whether JSON Schema can check all of a type", () => {
  it.each<[string, z.ZodType]>([
    ["refine", z.string().refine(() => true)],
    ["superRefine", z.object({ a: z.string() }).superRefine(() => undefined)],
    ["check", z.string().check(() => undefined)],
    ["nested refine", z.object({ a: z.array(z.string().refine(() => true)).optional() })],
    ["transform", z.string().transform((text) => text)],
    ["pipe", z.string().pipe(z.string())],
    ["preprocess", z.preprocess((value) => value, z.string())],
    ["trim", z.string().trim()],
    ["catch", z.string().catch("")],
    ["jwt", z.jwt()],
    ["a URL of certain hosts", z.url({ hostname: /example/ })],
    ["lazy", z.object({ a: z.lazy(() => z.string().refine(() => true)) })],
    ["a union's member", z.union([z.string(), z.number().refine(() => true)])],
    [
      "a record's names",
      z.record(
        z.string().refine(() => true),
        z.string(),
      ),
    ],
  ])("not %s", (_, schema) => {
    expect(describeInput(schema).checks).toBe(true);
  });

  it.each<[string, z.ZodType]>([
    ["lengths", z.string().min(1).max(3)],
    ["bounds", z.int().min(1).lt(3).multipleOf(2)],
    ["formats", z.object({ a: z.email(), b: z.uuid(), c: z.iso.datetime(), d: z.url() })],
    ["patterns", z.string().regex(/a/).startsWith("b").endsWith("c").includes("d")],
    ["defaults", z.object({ a: z.string().default("x") })],
    ["unions", z.discriminatedUnion("k", [z.object({ k: z.literal(1) }), z.object({ k: z.literal(2) })])],
    ["brand and readonly", z.object({ a: z.string() }).brand("x").readonly()],
  ])("%s", (_, schema) => {
    expect(describeInput(schema).checks).toBe(false);
  });
});
