import type { Json } from "../json.ts";
import { type PlacedTemplate, templatesIn } from "../template/rendering.ts";

/** A template in an action, with its place in the action's document: fields in snake_case and indexes, outermost first. */
export type TemplateAt = PlacedTemplate;

/** The templates in parameters that stand in this field; objects with a kind are placeholders. */
export function parametersTemplates(field: string, value: Json): TemplateAt[] {
  return within(field, templatesIn(value));
}

/** The templates among the strings of a value that stands in this field; objects are just data. */
export function dataTemplates(field: string, value: Json): TemplateAt[] {
  return within(field, templatesIn(value, false));
}

function within(field: string, templates: readonly TemplateAt[]): TemplateAt[] {
  return templates.map((one) => ({ ...one, path: [field, ...one.path] }));
}
