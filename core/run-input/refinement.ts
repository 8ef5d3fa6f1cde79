import type { z } from "zod";
import { isPlainObject, toJson } from "../json.ts";
import { refineValue } from "../json-schema/refine-value.ts";
import { type Operator, parseRefinements, type Refinement } from "../json-schema/refinement.ts";
import { UnsuitableInputType } from "./errors.ts";

/** How a refinement speaks. */
export interface RefinementOptions {
  /** In place of the message that says which rule was broken. */
  message?: string;
}

type Comparable = string | number | bigint | Date;
type FieldOf<T> = T extends unknown ? keyof T & string : never;
type ComparableFieldOf<T> = T extends unknown
  ? keyof { [K in keyof T as Exclude<T[K], null | undefined> extends Comparable ? K : never]: K } & string
  : never;

/**
 * A check of an object: `left operator right` holds where both fields are given, that is there and not null. The issue is at `right`.
 * Numbers are compared as numbers, texts as texts; but ISO 8601 dates and timestamps as moments (without an offset as UTC), and ISO 8601
 * durations by their length. It is part of the JSON Schema too, so that the form and the server check it like the flow:
 *
 * ```ts
 * z.object({ from: z.iso.date(), to: z.iso.date() }).check(compare("from", "<=", "to"))
 * ```
 */
export function compare<T extends object>(
  left: ComparableFieldOf<T>,
  operator: Operator,
  right: ComparableFieldOf<T>,
  options: RefinementOptions = {},
): z.core.$ZodCheck<T> {
  return checkOf({ kind: "compare", left, operator, right, ...messageOf(options) });
}

/**
 * A check of an object: where `field` is given, so is every other field named. An issue is at each that is missing. It is part of the
 * JSON Schema too, so that the form and the server check it like the flow: `z.object({ … }).check(requires("street", "city"))`.
 */
export function requires<T extends object>(
  field: FieldOf<T>,
  ...needs: AtLeast<1, FieldOf<T>>
): z.core.$ZodCheck<T> {
  const [names, options] = takeOptions(needs);
  return checkOf({ kind: "requires", field, needs: names, ...messageOf(options) });
}

/**
 * A check of an object: exactly one of the fields is given, that is there and not null. The issue is at the first field where none is,
 * and else at each but the first that is given. It is part of the JSON Schema too, so that the form and the server check it like the
 * flow: `z.object({ … }).check(oneOfFields("email", "phone"))`.
 */
export function oneOfFields<T extends object>(...fields: AtLeast<2, FieldOf<T>>): z.core.$ZodCheck<T> {
  const [names, options] = takeOptions(fields);
  return checkOf({ kind: "oneOfFields", fields: names, ...messageOf(options) });
}

/** Names, and behind them the options or not. */
type AtLeast<N extends 1 | 2, F> = N extends 1
  ? [F, ...F[]] | [F, ...F[], RefinementOptions]
  : [F, F, ...F[]] | [F, F, ...F[], RefinementOptions];

/** The refinement that a check was made from; null of any other check. */
export function refinementOf(check: z.core.$ZodCheck<never>): Refinement | null {
  const { def } = check._zod;
  // Only checkOf makes checks of this kind.
  return def.check === CHECK ? (def as RefinementDef).refinement : null;
}

const CHECK = "antiphon.refinement";
type RefinementDef = z.core.$ZodCheckDef & { refinement: Refinement };

function checkOf<T>(declared: Refinement): z.core.$ZodCheck<T> {
  const refinement = parsed(declared);
  // It runs also where fields were refused, and leaves out what that says already.
  const def: RefinementDef = { check: CHECK, refinement, when: () => true };
  return {
    _zod: {
      def,
      onattach: [],
      check: ({ value, issues }) => {
        if (!isPlainObject(value) || issues.some(isOfTheWhole)) return;
        const refused = new Set(issues.filter((issue) => !isOwn(issue)).map((issue) => issue.path?.[0]));
        for (const { field, message, about } of refineValue(refinement, value)) {
          if (about.some((name) => refused.has(name))) continue;
          const params = { refinement: refinement.kind };
          issues.push({ code: "custom", path: [field], message, params, input: value, continue: true });
        }
      },
    },
  };
}

function isOfTheWhole(issue: z.core.$ZodRawIssue): boolean {
  return issue.code !== "unrecognized_keys" && (issue.path ?? []).length === 0;
}

/** Whether another refinement of the same object raised the issue. */
function isOwn(issue: z.core.$ZodRawIssue): boolean {
  return issue.code === "custom" && issue.params?.refinement !== undefined && issue.path?.length === 1;
}

function parsed(declared: Refinement): Refinement {
  const json = toJson([declared]);
  try {
    const [refinement] = parseRefinements(json.ok ? json.value : undefined);
    if (refinement !== undefined) return refinement;
    throw new Error("has names that are no texts");
  } catch (error) {
    throw new UnsuitableInputType(`the refinement ${error instanceof Error ? error.message : String(error)}`);
  }
}

function takeOptions<F extends string>(given: readonly (F | RefinementOptions)[]): [F[], RefinementOptions] {
  const names = given.filter((one) => typeof one === "string");
  const options = given.find((one) => typeof one !== "string");
  return [names, options ?? {}];
}

function messageOf({ message }: RefinementOptions): { message?: string } {
  return message === undefined ? {} : { message };
}
