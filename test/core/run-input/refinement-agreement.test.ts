import * as fc from "fast-check";
import { expect, it } from "vitest";
import { z } from "zod";
import { compileCheck } from "../../../core/json-schema/check-value.ts";
import { operators, REFINEMENTS, type Refinement } from "../../../core/json-schema/refinement.ts";
import { withInitialData } from "../../../core/run-input/initial-data.ts";
import { describeInput } from "../../../core/run-input/input-type.ts";
import { compare, oneOfFields, requires } from "../../../core/run-input/refinement.ts";

const names = ["a", "b", "c", "d"];
const scalars = fc.constantFrom<unknown>(
  ...[
    "",
    "a",
    "b",
    "2026-01-31",
    "2026-01-31T00:00:00Z",
    "2026-01-31T01:00:00+01:00",
    "PT60M",
    "PT1H",
    "09:30",
  ],
  ...[0, 1, 2, -1.5, true, null],
);
const objects = fc.dictionary(fc.constantFrom(...names), scalars, { maxKeys: 4 });
const values = fc.oneof(
  { arbitrary: objects, weight: 6 },
  scalars,
  objects.map((inner) => ({ inner })),
  fc.array(objects, { maxLength: 2 }),
);

const fields = fc.constantFrom<() => z.ZodType>(
  () => z.string(),
  () => z.number(),
  () => z.any(),
  () => z.iso.date(),
  () => z.iso.datetime({ offset: true }),
  () => z.iso.duration(),
  () => z.union([z.string(), z.number(), z.boolean()]),
  () => z.string().max(1),
  () => z.string().default("a"),
  () => z.number().prefault(1),
  () => z.string().nullable().default(null),
);
const optional = fc.tuple(fields, fc.constantFrom("optional", "nullish", "nullable", "required")).map(
  ([make, how]) =>
    () =>
      ({
        optional: () => make().optional(),
        nullish: () => make().nullish(),
        nullable: () => make().nullable(),
        required: make,
      })[how]?.() ?? make(),
);

const name = fc.constantFrom(...names);
const list = fc.uniqueArray(name, { minLength: 2, maxLength: 3 });
const refinements = fc.oneof(
  fc
    .tuple(list, fc.constantFrom(...operators))
    .map(([[left = "", right = ""], operator]) => ({ kind: "compare", left, operator, right }) as const),
  list.map(([field = "", ...needs]) => ({ kind: "requires", field, needs }) as const),
  list.map((fields) => ({ kind: "oneOfFields", fields }) as const),
);

/** Of the names that only the test knows. */
type Any = Record<string, string>;

function checkOf(refinement: Refinement): z.core.$ZodCheck<Any> {
  switch (refinement.kind) {
    case "compare":
      return compare<Any>(refinement.left, refinement.operator, refinement.right);
    case "requires":
      return requires<Any>(refinement.field, ...(refinement.needs as [string]));
    case "oneOfFields":
      return oneOfFields<Any>(...(refinement.fields as [string, string]));
  }
}

const refined = fc
  .tuple(
    fc.tuple(optional, optional, optional, optional),
    fc.array(refinements, { minLength: 1, maxLength: 3 }),
  )
  .map(([makes, rules]) => (): z.ZodObject => {
    const shape = Object.fromEntries(makes.map((make, index) => [names[index] ?? "", make()]));
    return z.strictObject(shape).check(...(rules.map(checkOf) as z.core.$ZodCheck<object>[]));
  });

const types = fc.oneof(
  { arbitrary: refined.map((make) => (): z.ZodType => make()), weight: 4 },
  refined.map((make) => () => make().readonly().describe("x")),
  refined.map((make) => () => z.lazy(make)),
  refined.map((make) => () => z.array(make())),
  refined.map((make) => () => z.strictObject({ inner: make().optional() })),
  refined.map((make) => () => z.union([make(), z.null()])),
  fc.tuple(refined, refined).map(
    ([one, other]) =>
      () =>
        z.union([one(), other()]),
  ),
  fc.tuple(refined, refinements).map(
    ([make, rule]) =>
      () =>
        make()
          .readonly()
          .check(checkOf(rule) as z.core.$ZodCheck<object>),
  ),
  fc.tuple(refined, fc.constantFrom("a", "")).map(
    ([make, text]) =>
      () =>
        withInitialData(make().safeExtend({ e: z.string() }), { e: text }),
  ),
);

it("with refinements too, the schema takes what Zod takes, for the same reasons", () => {
  let taken = 0;
  let refused = 0;
  fc.assert(
    fc.property(types, fc.array(values, { minLength: 10, maxLength: 10 }), (make, given) => {
      const type = make();
      const { checks, messageSchema } = describeInput(type);
      expect(checks).toBe(false);
      expect(JSON.stringify(messageSchema)).toContain(REFINEMENTS);
      const check = compileCheck(messageSchema);
      for (const value of given) {
        const zod = type.safeParse(value);
        const result = check(value);
        expect({ value, ok: result.ok }).toEqual({ value, ok: zod.success });
        if (result.ok || zod.success) taken += 1;
        else {
          // A union's words are its own.
          if (type instanceof z.ZodUnion) continue;
          const custom = zod.error.issues.filter((issue) => issue.code === "custom");
          if (custom.length < zod.error.issues.length) continue;
          refused += 1;
          // A rule that an object has twice speaks once.
          const texts = custom.map(({ path, message }) => JSON.stringify([path.map(String), message]));
          expect(result.issues.map(({ path, message }) => JSON.stringify([path, message]))).toEqual([
            ...new Set(texts),
          ]);
        }
      }
    }),
    { numRuns: 200 },
  );
  // Neither happens by chance alone.
  expect(taken).toBeGreaterThan(20);
  expect(refused).toBeGreaterThan(20);
});
