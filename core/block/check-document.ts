import type { z } from "zod";
import { suggestion } from "../document/nearest.ts";
import type { Issue } from "../error.ts";
import { isPlainObject } from "../json.ts";
import type { BlockType } from "./block-type.ts";

/** A document with its defaults, or everything that is wrong with it. No message repeats a value: it may be a secret. */
export function checkDocument<Schema extends z.ZodType>(
  type: BlockType<Schema>,
  data: unknown,
): { ok: true; data: z.output<Schema> } | { ok: false; issues: Issue[] } {
  const read = type.schema.safeParse(data, { error: explain });
  if (!read.success) return { ok: false, issues: read.error.issues.flatMap((issue) => told(issue, type)) };
  const issues = type.check?.(read.data) ?? [];
  return issues.length === 0 ? { ok: true, data: read.data } : { ok: false, issues };
}

function told(issue: z.core.$ZodIssue, type: BlockType): Issue[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: `is no field of a block of type ${type.slug}${suggestion(key, fieldsOf(type))}`,
    }));
  }
  if (issue.code === "invalid_key") return issue.issues.map(({ message }) => ({ path, message }));
  return [{ path, message: issue.message }];
}

function fieldsOf({ schema }: BlockType): string[] {
  return "shape" in schema && isPlainObject(schema.shape) ? Object.keys(schema.shape) : [];
}

const kinds: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  record: "an object",
  object: "an object",
};

function explain(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === "invalid_type") {
    return issue.input === undefined ? "is required" : `must be ${kinds[issue.expected] ?? issue.expected}`;
  }
  if (issue.code === "invalid_value") return `must be ${issue.values.map(String).join(" or ")}`;
  return undefined;
}
