import type { Fields } from "../document/fields.ts";
import type { Reading } from "../document/reading.ts";
import { readText } from "../document/values.ts";
import { isTemplate } from "../template/is-template.ts";
import type { TemplateAt } from "./action-templates.ts";

/** The id of the block that an action uses. That there is one is seen when it runs. */
export function readBlockId(reading: Reading, fields: Fields | null, field: string): string {
  const given = fields?.require(field) ?? null;
  const id = readText(reading, given, "");
  if (given?.value === "") reading.refuse(given.path, "must not be empty");
  return id;
}

/** Those of an action's texts that are templates, by their fields. */
export function textTemplates(texts: Readonly<Record<string, string>>): TemplateAt[] {
  return Object.entries(texts)
    .filter(([, source]) => isTemplate(source))
    .map(([field, source]) => ({ path: [field], source, as: "text" }));
}
