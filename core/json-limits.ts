import type { Issue } from "./error.ts";
import { jsonBytes, MAX_JSON_DEPTH, toJson } from "./json.ts";

export interface JsonLimits {
  /** Of the JSON text in UTF-8; no limit where it is left out. */
  maxBytes?: number;
  /** Levels of nesting; 64 where it is left out. */
  maxDepth?: number;
}

/**
 * What keeps a value from being stored: it is no JSON, is nested too deeply or too large, or holds text that Postgres cannot keep (NUL,
 * a lone surrogate), also in the name of a property. Null where nothing does.
 */
export function jsonProblem(value: unknown, limits: JsonLimits = {}): Issue | null {
  const maxDepth = limits.maxDepth ?? MAX_JSON_DEPTH;
  const nested = nestingProblem(value, maxDepth);
  if (nested !== null) return nested;
  const json = toJson(value);
  if (!json.ok) return { path: json.path, message: json.message };
  const text = textIssue(json.value);
  if (text !== null) return text;
  if (limits.maxBytes === undefined) return null;
  const bytes = jsonBytes(json.value);
  if (bytes <= limits.maxBytes) return null;
  return { path: [], message: `is ${bytes} bytes of JSON; at most ${limits.maxBytes} are taken` };
}

/** What is wrong with a text that is to be stored; null where nothing is. */
export function textProblem(text: string): string | null {
  if (text.includes("\u0000")) return "holds a NUL character, which cannot be stored";
  return isWellFormed(text) ? null : "holds half of a surrogate pair, which is no Unicode text";
}

function isWellFormed(text: string): boolean {
  return !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text);
}

function nestingProblem(value: unknown, maxDepth: number): Issue | null {
  // A list of what is left to look at, so that depth costs no stack.
  const left: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next.value !== "object" || next.value === null) continue;
    if (next.depth >= maxDepth) return { path: [], message: `is nested more than ${maxDepth} levels deep` };
    for (const child of Object.values(next.value)) {
      if (typeof child === "object" && child !== null) left.push({ value: child, depth: next.depth + 1 });
    }
  }
  return null;
}

function textIssue(value: unknown): Issue | null {
  if (typeof value === "string") {
    const problem = textProblem(value);
    return problem === null ? null : { path: [], message: problem };
  }
  if (typeof value !== "object" || value === null) return null;
  for (const [key, child] of Object.entries(value)) {
    const inName = textProblem(key);
    if (inName !== null) return { path: [], message: `has a property whose name ${inName}` };
    const issue = textIssue(child);
    if (issue !== null) return { path: [key, ...issue.path], message: issue.message };
  }
  return null;
}
