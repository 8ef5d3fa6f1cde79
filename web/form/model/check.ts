import type { Issue } from "../../../core/error.ts";
import { type FormValue, gapsIn, toSend } from "../../../core/form/value.ts";
import { type Check, compileCheck } from "../../../core/json-schema/check-value.ts";
import { leadsTo } from "../../../core/json-schema/leads-to.ts";
import type { JsonSchema } from "../../../core/json-schema/schema.ts";

/** What the browser can say about a value before it is sent. */
export type FormCheck = (value: FormValue) => Issue[];

/** The check of a schema; of one that the browser cannot read, only that nothing is missing: the server has the last word. */
export function checkOf(schema: JsonSchema): FormCheck {
  // Made when it is first needed: a form that is only looked at needs none.
  let made: { check: Check | null } | null = null;
  return (value) => {
    const gaps = gapsIn(value).map((path) => ({ path: [...path], message: "must be given" }));
    const json = toSend(value);
    made ??= { check: compiled(schema) };
    if (json === undefined || made.check === null) return gaps;
    const result = made.check(json);
    const issues = result.ok ? [] : result.issues;
    // In place of a gap the check saw a null.
    return [...gaps, ...issues.filter(({ path }) => !gaps.some((gap) => leadsTo(gap.path, path)))];
  };
}

function compiled(schema: JsonSchema): Check | null {
  try {
    return compileCheck(schema);
  } catch {
    return null;
  }
}
