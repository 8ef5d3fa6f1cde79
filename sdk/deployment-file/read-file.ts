import { itIs } from "../../core/document/describe-value.ts";
import { Fields } from "../../core/document/fields.ts";
import { suggestion } from "../../core/document/nearest.ts";
import type { Given, Reading } from "../../core/document/reading.ts";
import { isPlainObject } from "../../core/json.ts";
import { present } from "./present.ts";

/** The parts of a deployment file, each still as it is written. */
export interface FileParts {
  deployments: Given[];
  triggers: Given | null;
  automations: Given[];
  /** What the whole file says beside them. */
  fields: Fields | null;
}

const names = ["name", "build", "push", "pull", "deployments", "triggers", "automations"];
/** Known from elsewhere, and without a meaning here: versions, and a place for YAML's anchors. */
const passedOver = ["antiphon-version", "prefect-version", "definitions"];

/** Takes a file apart. A key that is not known is noted among the warnings, as a sentence with its place. */
export function readParts(
  reading: Reading,
  value: unknown,
): { parts: FileParts; warnings: { path: string[]; message: string }[] } {
  const fields = Fields.of(reading, { value: value ?? {}, path: [] });
  const keys = isPlainObject(value) ? Object.keys(value) : [];
  const unknown = keys.filter((key) => !names.includes(key) && !passedOver.includes(key));
  return {
    parts: {
      fields,
      deployments: listOf(reading, present(fields, "deployments")),
      triggers: present(fields, "triggers"),
      automations: listOf(reading, present(fields, "automations")),
    },
    warnings: unknown.map((key) => ({
      path: [key],
      message: `${JSON.stringify(key)} is not known here and says nothing${suggestion(key, names)}`,
    })),
  };
}

function listOf(reading: Reading, given: Given | null): Given[] {
  if (given === null) return [];
  if (Array.isArray(given.value))
    return given.value.map((value: unknown, at) => ({ value, path: [...given.path, String(at)] }));
  reading.refuse(given.path, `must be a list; ${itIs(given.value)}`);
  return [];
}

/** What a deployment is called in a file; null where it has no name. */
export function nameOf({ value }: Given): string | null {
  return isPlainObject(value) && typeof value.name === "string" ? value.name : null;
}
