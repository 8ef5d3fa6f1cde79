import type { Json } from "../json.ts";
import { readNumber } from "./number.ts";
import { type FormValue, toSend } from "./value.ts";

export type JsonReading = { ok: true; value: Json | undefined } | { ok: false; message: string };

/** The value as text to edit; empty where nothing is given. */
export function jsonText(value: FormValue): string {
  const json = toSend(value);
  return json === undefined ? "" : JSON.stringify(json, null, 2);
}

/** What somebody wrote as JSON; nothing at all means that nothing is given. */
export function readJson(text: string): JsonReading {
  if (text.trim() === "") return { ok: true, value: undefined };
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, message: `is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  for (const [literal] of text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g)) {
    const reading: ReturnType<typeof readNumber> = literal.startsWith('"')
      ? { ok: true, value: 0 }
      : readNumber(literal);
    if (!reading.ok) return { ok: false, message: `${literal} ${reading.message}; write it as text` };
  }
  return { ok: true, value };
}
