import { jsonEquals } from "../json.ts";
import { either } from "./issue-text.ts";
import { type Ordering, order } from "./order.ts";
import type { Operator, Refinement } from "./refinement.ts";

/** What a refinement has against one field of an object. */
export interface RefinementIssue {
  field: string;
  message: string;
  /** Fields of which something else may be wrong that says it better: then this issue is left out. */
  about: string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** What a refinement has against an object; nothing where it is satisfied. */
export function refineValue(refinement: Refinement, object: Fields): RefinementIssue[] {
  const issues = issuesOf(refinement, object);
  const { message } = refinement;
  return message === undefined ? issues : issues.map((issue) => ({ ...issue, message }));
}

function issuesOf(refinement: Refinement, object: Fields): RefinementIssue[] {
  switch (refinement.kind) {
    case "compare":
      return comparisonIssues(refinement, given(object, refinement.left), given(object, refinement.right));
    case "requires": {
      const { field, needs } = refinement;
      if (given(object, field) === undefined) return [];
      return needs
        .filter((need) => given(object, need) === undefined)
        .map((need) => issueAt(need, `${quote(need)} is required where ${quote(field)} is given`));
    }
    case "oneOfFields": {
      const { fields } = refinement;
      const [first, ...others] = fields.filter((field) => given(object, field) !== undefined);
      const names = either(fields.map(quote));
      if (first === undefined)
        return fields.slice(0, 1).map((field) => issueAt(field, `one of ${names} must be given`));
      return others.map((field) =>
        issueAt(field, `only one of ${names} may be given, and ${quote(first)} is given too`),
      );
    }
  }
}

function comparisonIssues(
  { left, operator, right }: Extract<Refinement, { kind: "compare" }>,
  first: unknown,
  second: unknown,
): RefinementIssue[] {
  if (first === undefined || second === undefined) return [];
  const at = (message: string): RefinementIssue[] => [{ field: right, message, about: [left, right] }];
  const ordering = order(first, second);
  // Neither shows the values, which may be passwords.
  if (operator === "==" || operator === "!=") {
    const same = ordering === null ? jsonEquals(first, second) : ordering.sign === 0;
    if (same === (operator === "==")) return [];
    return at(same ? `must not be the same as ${quote(left)}` : `must be the same as ${quote(left)}`);
  }
  if (ordering === null) return at(`cannot be compared with ${quote(left)}, which is of another kind`);
  if (HOLDS[operator](ordering.sign)) return [];
  return at(`must be ${WORDS[ordering.kind][operator]} ${quote(left)}, which is ${shown(first)}`);
}

type Inequality = Exclude<Operator, "==" | "!=">;

const HOLDS: Record<Inequality, (sign: number) => boolean> = {
  "<": (sign) => sign < 0,
  "<=": (sign) => sign <= 0,
  ">": (sign) => sign > 0,
  ">=": (sign) => sign >= 0,
};

// Of the right side, at which the issue is.
const WORDS: Record<Ordering["kind"], Record<Inequality, string>> = {
  amount: { "<": "more than", "<=": "at least", ">": "less than", ">=": "at most" },
  sequence: { "<": "after", "<=": "the same as or after", ">": "before", ">=": "the same as or before" },
};

/** A field's value; undefined where it is not given: left out, undefined or null. */
function given(object: Fields, field: string): unknown {
  return Object.hasOwn(object, field) ? (object[field] ?? undefined) : undefined;
}

function issueAt(field: string, message: string): RefinementIssue {
  return { field, message, about: [field] };
}

function quote(field: string): string {
  return JSON.stringify(field);
}

function shown(value: unknown): string {
  const text = value instanceof Date ? value.toISOString() : String(value);
  return text.length <= 60 ? text : `${Array.from(text).slice(0, 59).join("")}…`;
}
