import type { Fields } from "../../core/document/fields.ts";
import type { Given } from "../../core/document/reading.ts";

/** A field that says something: in these files null is the same as nothing. */
export function present(fields: Fields | null, name: string): Given | null {
  const given = fields?.get(name) ?? null;
  return given === null || given.value === null ? null : given;
}
