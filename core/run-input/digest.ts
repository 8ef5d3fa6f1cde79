import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Json } from "../json.ts";
import { canonicalJson, isJsonObject } from "../json.ts";
import { REFINEMENTS } from "../json-schema/refinement.ts";
import { type JsonSchema, mapSubschemas } from "../json-schema/schema.ts";

const ANNOTATIONS = [
  "$schema",
  "$id",
  "$comment",
  "title",
  "description",
  "default",
  "examples",
  "deprecated",
  "readOnly",
  "writeOnly",
];

/** SHA-256 of the canonical text of a value, as 64 hexadecimal digits. */
export function digest(value: Json): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(value))));
}

/** The digest of everything that a schema checks; annotations and the order of fields do not count. */
export function schemaDigest(schema: JsonSchema): string {
  return digest(withoutAnnotations(schema));
}

function withoutAnnotations(schema: JsonSchema): Json {
  if (typeof schema === "boolean") return schema;
  const copy = mapSubschemas(schema, withoutAnnotations);
  for (const keyword of ANNOTATIONS) delete copy[keyword];
  const refinements = copy[REFINEMENTS];
  if (Array.isArray(refinements)) copy[REFINEMENTS] = refinements.map(withoutMessage);
  for (const keyword of ["required", "enum", "type", REFINEMENTS] as const) {
    const list = copy[keyword];
    if (Array.isArray(list))
      copy[keyword] = [...list].sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
  }
  return copy;
}

function withoutMessage(refinement: Json): Json {
  if (!isJsonObject(refinement)) return refinement;
  const { message: _, ...rule } = refinement;
  return rule;
}
