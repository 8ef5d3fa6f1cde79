import type { Given, Reading } from "../../core/document/reading.ts";
import { readText } from "../../core/document/values.ts";

/** `<file>:<export>`, as it is written; null where it is left out or wrong. */
export function readEntrypoint(reading: Reading, given: Given | null): string | null {
  const text = readText(reading, given, null);
  if (given === null || text === null) return null;
  const problem = entrypointProblem(text);
  if (problem === null) return text;
  reading.refuse(given.path, problem);
  return null;
}

/** Why a text is no entry point, as the end of a sentence that begins with its place; null where it is one. */
export function entrypointProblem(text: string): string | null {
  const at = text.lastIndexOf(":");
  const [file, name] = [text.slice(0, at), text.slice(at + 1)];
  if (/\.py(:|$)/.test(text)) {
    const there = at < 0 ? text : file;
    return `is ${JSON.stringify(text)}, which is Python: name the TypeScript or JavaScript file of the flow, such as ${JSON.stringify(`${there.replace(/\.py$/, ".ts")}:${at < 0 || name === "" ? "myFlow" : name}`)}`;
  }
  if (at > 0 && name !== "" && !/[/\\]/.test(name)) return null;
  return `must be <file>:<export of the flow>, such as "flows/orders.ts:afterOrder"; it is the text ${JSON.stringify(text)}`;
}
