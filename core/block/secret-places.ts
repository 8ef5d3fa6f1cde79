import { z } from "zod";
import { isPlainObject, type JsonObject } from "../json.ts";
import type { BlockType } from "./block-type.ts";

/** What is shown in a secret's place; sent back, it stands for the secret that is there. */
export const mask = "********";

/** Fields of a document that are secret, and fields that are objects of secret values. */
export interface SecretPlaces {
  readonly fields: readonly string[];
  readonly objects: readonly string[];
}

/** The JSON Schema of a type's documents, as they are written. Secrets are `writeOnly`, with the format `password`. */
export function documentSchema(type: BlockType): JsonObject {
  const schema = z.toJSONSchema(type.schema, { io: "input", unrepresentable: "any" });
  return JSON.parse(JSON.stringify(schema)); // which leaves functions and what is undefined behind
}

export function secretPlaces(type: BlockType): SecretPlaces {
  const { properties } = documentSchema(type);
  const entries = isPlainObject(properties) ? Object.entries(properties) : [];
  const isSecret = (schema: unknown) => isPlainObject(schema) && schema.writeOnly === true;
  return {
    fields: entries.filter(([, schema]) => isSecret(schema)).map(([name]) => name),
    objects: entries
      .filter(([, schema]) => isPlainObject(schema) && isSecret(schema.additionalProperties))
      .map(([name]) => name),
  };
}
