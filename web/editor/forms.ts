import { type Json, jsonEquals } from "../../core/json.ts";
import { textOf } from "./text-of.ts";
import type { Form } from "./written.ts";

/** A text with its form, and the text in the other form that it was made from. */
export interface FormedText {
  readonly text: string;
  readonly form: Form;
  /** Null where it was made from none. */
  readonly before: { readonly text: string; readonly value: Json } | null;
}

/**
 * The same value in the other form. Going back without a change of the value gives the very text that was left, with its comments.
 *
 * @param value what the text stands for
 */
export function switched({ text, form, before }: FormedText, value: Json): FormedText {
  const other = form === "YAML" ? "JSON" : "YAML";
  const kept = before !== null && jsonEquals(before.value, value) ? before.text : textOf(value, other);
  return { text: kept, form: other, before: { text, value } };
}
