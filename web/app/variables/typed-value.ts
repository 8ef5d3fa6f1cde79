import { isJson, type Json } from "../../../core/json.ts";

/** How a value is typed in: text as it is, anything else as JSON. */
export type Typing = "text" | "json";

/** What is typed, as the value that it stands for; null with the reason where it stands for none. */
export function typedValue(typing: Typing, typed: string): { value: Json } | { problem: string } {
  if (typing === "text") return { value: typed };
  try {
    const value: unknown = JSON.parse(typed);
    return isJson(value) ? { value } : { problem: "This is no JSON value." };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { problem: `This is no JSON: ${why}. A text stands in quotes there.` };
  }
}

/** How a value is to be typed, and what it then is. */
export function typingOf(value: Json): { typing: Typing; typed: string } {
  if (typeof value === "string") return { typing: "text", typed: value };
  return { typing: "json", typed: JSON.stringify(value, null, 2) };
}

/** What kind of value it is, for people. */
export function typeWord(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  switch (typeof value) {
    case "string":
      return "text";
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    default:
      return "object";
  }
}
