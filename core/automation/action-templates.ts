import { isTemplate } from "../action/is-template.ts";
import type { Json } from "../json.ts";

/** A template in an action. */
export interface TemplateAt {
  /** Where in the action's document: fields in snake_case and indexes, outermost first. */
  readonly path: readonly string[];
  readonly source: string;
  /** Whether it stands for a text, or for a value that keeps its type. */
  readonly as: "text" | "value";
}

/** The templates among the strings of a value, such as parameters, that stands in this field. */
export function parametersTemplates(field: string, value: Json): TemplateAt[] {
  return templatesAt([field], value);
}

function templatesAt(path: readonly string[], value: Json): TemplateAt[] {
  if (typeof value === "string") return isTemplate(value) ? [{ path, source: value, as: "value" }] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => templatesAt([...path, key], inner));
}
