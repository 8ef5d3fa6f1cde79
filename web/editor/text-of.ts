import { stringify } from "yaml";
import type { Json } from "../../core/json.ts";
import type { Form } from "./written.ts";

/** A value as it is written for people to change. */
export function textOf(value: Json, form: Form): string {
  if (form === "JSON") return `${JSON.stringify(value, null, 2)}\n`;
  // Long lines stay whole, and what YAML 1.1 would read as something else is quoted.
  return stringify(value, { lineWidth: 0, compat: "yaml-1.1", aliasDuplicateObjects: false });
}
