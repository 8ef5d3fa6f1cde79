import { itIs } from "../document/describe-value.ts";
import { Fields } from "../document/fields.ts";
import { readOneOf } from "../document/one-of.ts";
import type { Given, Reading } from "../document/reading.ts";
import { readText, readWord } from "../document/values.ts";
import type { JsonObject } from "../json.ts";
import type { Target } from "./action.ts";

const inferred: Target = { source: "inferred" };

/** The target of a document: `source`, by default `selected`, and the field of its id. Whether there is such a thing is not asked. */
export function readTarget(reading: Reading, fields: Fields, idField: string): Target {
  const source = readWord(reading, fields.get("source"), ["selected", "inferred"], null);
  if (source === null && fields.has("source")) return inferred;
  if (source !== "inferred") {
    const given = fields.get(idField);
    if (given !== null && given.value !== null) return { source: "selected", id: readId(reading, given) };
    reading.refuse([...fields.path, ...fields.spellings([idField])], "is required");
    return inferred;
  }
  const given = fields.get(idField);
  if (given !== null && given.value !== null)
    reading.refuse(given.path, "is not allowed where source is inferred");
  return inferred;
}

/** GraphQL's `TargetInput`. */
export function readTargetInput(reading: Reading, given: Given | null): Target {
  const fields = given === null ? null : Fields.of(reading, given);
  const chosen = fields === null ? null : readOneOf(reading, fields, ["id", "inferred"]);
  if (chosen === null) return inferred;
  if (chosen.member === "id") return { source: "selected", id: readId(reading, chosen.given) };
  const { value, path } = chosen.given;
  if (value !== true) reading.refuse(path, `must be true, or \`id\` be given in its place; ${itIs(value)}`);
  return inferred;
}

export function targetDocument(target: Target, idField: string): JsonObject {
  return target.source === "selected" ? { source: "selected", [idField]: target.id } : { source: "inferred" };
}

function readId(reading: Reading, given: Given): string {
  const id = readText(reading, given, "");
  if (given.value === "") reading.refuse(given.path, "must not be empty");
  return id;
}
