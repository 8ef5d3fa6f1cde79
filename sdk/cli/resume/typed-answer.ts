import type { Issue } from "../../../core/error.ts";
import { kindOf } from "../../../core/form/kind.ts";
import { implied, missing } from "../../../core/form/missing.ts";
import { resolve } from "../../../core/form/resolve.ts";
import { withTyped } from "../../../core/form/typed-field.ts";
import { takes } from "../../../core/form/typed-text.ts";
import { type FormValue, toSend } from "../../../core/form/value.ts";
import type { Json } from "../../../core/json.ts";
import type { JsonSchema } from "../../../core/json-schema/schema.ts";
import { issueLine } from "../../automation/issue-line.ts";
import { UsageError } from "../failure.ts";

/**
 * The answer that options `--input field=value` make, each value read by the schema of its field. Throws UsageError with all
 * that cannot be read, or that has to be given and is not.
 */
export function typedAnswer(schema: JsonSchema, given: readonly string[]): Json | undefined {
  let value: FormValue = given.length === 0 ? undefined : {};
  const issues: Issue[] = [];
  for (const one of given) {
    const [name, text] = fieldOf(schema, one);
    const next = withTyped(schema, value, name, text);
    if (next.ok) value = next.value;
    else issues.push(next.issue);
  }
  if (issues.length > 0) throw new UsageError(`--input cannot be taken:\n${issues.map(line).join("\n")}`);
  const whole = implied(schema, schema, value);
  const left = missing(schema, schema, whole);
  if (left.length > 0) {
    const fields = left.map(({ path, schema: of }) => `  ${path.join(".") || "value"}: ${takes(schema, of)}`);
    throw new UsageError(
      `what is asked for has to be given, as --input field=value or all as --input-json:\n${fields.join("\n")}`,
    );
  }
  // What is only made of defaults is left to the server, which fills them in.
  return value === undefined ? sendable(whole) : toSend(whole);
}

function sendable(whole: FormValue): Json | undefined {
  const json = toSend(whole);
  const isEmpty = typeof json === "object" && json !== null && Object.keys(json).length === 0;
  return isEmpty ? undefined : json;
}

/** Of a question whose only field is `value`, the name may be left out. */
function fieldOf(schema: JsonSchema, given: string): [name: string, text: string] {
  const resolved = resolve(schema, schema);
  const kind = resolved === null ? null : kindOf(schema, resolved);
  const names = kind?.kind === "group" ? kind.properties.map(({ name }) => name) : [];
  const isWrapped = names.length === 1 && names[0] === "value";
  const at = given.indexOf("=");
  if (isWrapped && !/^value(?:[.=]|$)/.test(given)) return ["value", given];
  if (at > 0) return [given.slice(0, at), given.slice(at + 1)];
  throw new UsageError(
    `--input ${JSON.stringify(given)} is no field=value, such as --input ${names[0] ?? "size"}=…`,
  );
}

function line(issue: Issue): string {
  return `  ${issueLine(issue)}`;
}
