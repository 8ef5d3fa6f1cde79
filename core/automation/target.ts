import { itIs } from "../document/describe-value.ts";
import { Fields } from "../document/fields.ts";
import { readOneOf } from "../document/one-of.ts";
import type { Given, Reading } from "../document/reading.ts";
import { readText, readWord } from "../document/values.ts";
import type { JsonObject } from "../json.ts";
import type { Target } from "./action.ts";
import { type Noun, nouns } from "./noun.ts";

const inferred: Target = { source: "inferred" };

/**
 * The target of a document: `source` and the field of its id. Where `source` is left out, it is `selected`, but of flow runs `inferred`.
 * Whether there is such a thing is not asked.
 */
export function readTarget(reading: Reading, fields: Fields, noun: Noun): Target {
  const { idField } = nouns[noun];
  const otherwise = noun === "flowRun" ? "inferred" : "selected";
  const source = fields.has("source")
    ? readWord(reading, fields.get("source"), ["selected", "inferred"], null)
    : otherwise;
  if (source === null) return inferred;
  const given = fields.get(idField);
  const id = given === null || given.value === null ? null : given;
  if (source === "selected") {
    if (id !== null) return { source, id: readId(reading, id) };
    reading.refuse([...fields.path, ...fields.spellings([idField])], "is required");
    return inferred;
  }
  const why = fields.has("source") ? "is inferred" : "is left out, as it is inferred then";
  if (id !== null) reading.refuse(id.path, `is not allowed where source ${why}`);
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

export function targetDocument(target: Target, noun: Noun): JsonObject {
  return target.source === "selected"
    ? { source: "selected", [nouns[noun].idField]: target.id }
    : { source: "inferred" };
}

function readId(reading: Reading, given: Given): string {
  const id = readText(reading, given, "");
  if (given.value === "") reading.refuse(given.path, "must not be empty");
  return id;
}
