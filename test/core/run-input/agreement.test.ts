import * as fc from "fast-check";
import { expect, it } from "vitest";
import { z } from "zod";
import { compileCheck } from "../../../core/json-schema/check-value.ts";
import { describeInput } from "../../../core/run-input/input-type.ts";

const texts = fc.constantFrom(
  "",
  "a",
  "abc",
  "😀",
  "😀😀",
  " ",
  "a@b.example",
  "a@b",
  "2026-01-31",
  "2026-02-30",
  "2026-01-31T12:00:00Z",
  "2026-01-31T12:00:00+02:00",
  "12:00:00",
  "PT15M",
  "0190f4a6-0000-7000-8000-000000000001",
  "https://example.com/ä",
  "mailto:a@b",
  "127.0.0.1",
  "::1",
  "YQ==",
  "+12025550123",
  "{}",
);
const scalars = fc.oneof(texts, fc.constantFrom(0, -1, 0.1, 0.3, 1, 2, 3, 1e15, 2 ** 53, null, true, false));
const { value: values } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalars,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "kind", "value", "toString"), tie("value"), { maxKeys: 4 }),
  ),
}));

const leaves = fc.constantFrom<() => z.ZodType>(
  () => z.string(),
  () => z.string().min(1).max(2),
  () => z.string().length(2),
  () => z.string().regex(/^[ab]/),
  () => z.string().regex(/^.$/),
  () => z.string().includes("b").endsWith("c"),
  () => z.email(),
  () => z.uuid(),
  () => z.url(),
  () => z.iso.date(),
  () => z.iso.datetime(),
  () => z.iso.datetime({ offset: true }),
  () => z.iso.time(),
  () => z.iso.duration(),
  () => z.ipv4(),
  () => z.base64(),
  () => z.e164(),
  () => z.number(),
  () => z.number().min(0).lt(3),
  () => z.number().multipleOf(0.1),
  () => z.int(),
  () => z.boolean(),
  () => z.null(),
  () => z.any(),
  () => z.never(),
  () => z.enum(["a", "abc"]),
  () => z.literal(["a", 1, null]),
);

const { type: types } = fc.letrec<{ type: () => z.ZodType }>((tie) => ({
  type: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaves,
    fc
      .dictionary(fc.constantFrom("a", "b", "toString"), tie("type"), { maxKeys: 3 })
      .map((fields) => () => z.strictObject(made(fields))),
    fc
      .dictionary(fc.constantFrom("a", "b"), tie("type"), { maxKeys: 2 })
      .map((fields) => () => z.looseObject(made(fields))),
    fc.tuple(tie("type"), tie("type")).map(
      ([one, other]) =>
        () =>
          z.discriminatedUnion("kind", [
            z.strictObject({ kind: z.literal("a"), a: one() }),
            z.strictObject({ kind: z.enum(["abc", ""]), b: other().optional() }),
          ]),
    ),
    fc
      .array(tie("type"), { minLength: 1, maxLength: 3 })
      .map((options) => () => z.union(options.map((option) => option()))),
    fc.array(tie("type"), { minLength: 1, maxLength: 3 }).map((items) => () => {
      const [first, ...rest] = items.map((item) => item());
      return z.tuple([first ?? z.never(), ...rest]);
    }),
    tie("type").map((inner) => () => z.array(inner()).max(2)),
    tie("type").map((inner) => () => z.record(z.string(), inner())),
    tie("type").map((inner) => () => inner().nullable()),
    tie("type").map((inner) => () => z.strictObject({ a: inner().optional(), b: inner() })),
  ),
}));

function made(fields: Record<string, () => z.ZodType>): Record<string, z.ZodType> {
  return Object.fromEntries(Object.entries(fields).map(([name, make]) => [name, make()]));
}

it("where JSON Schema can check all of a type, it takes what Zod takes", () => {
  fc.assert(
    fc.property(types, fc.array(values, { minLength: 8, maxLength: 8 }), (make, given) => {
      const type = make();
      const { checks, messageSchema } = describeInput(type);
      expect(checks).toBe(false);
      const check = compileCheck(messageSchema);
      for (const value of given) {
        const result = check(value);
        expect({ value, ok: result.ok }).toEqual({ value, ok: type.safeParse(value).success });
        if (!result.ok) expect(result.issues.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 200 },
  );
});
