import type { JsonObject } from "../../../core/json.ts";

/** Text that may be longer is written in several lines, unless its format says that it is one. */
const longText = 120;

/** Whether a text is written in a field of several lines. */
export function severalLines({ format, maxLength }: JsonObject, text: string): boolean {
  if (text.includes("\n") || format === "json-string" || format === "multiline") return true;
  return format !== "line" && Number(maxLength ?? 0) > longText;
}
