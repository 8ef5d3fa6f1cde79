import type { JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";
import { followRef, isSchema, type JsonSchema, mapSubschemas } from "../json-schema/schema.ts";

/**
 * The schema with its intersections of objects opened: members that each refuse the other's fields would together take nothing, so they
 * are left open and the intersection refuses what none of them declares.
 */
export function openIntersections(root: JsonObject): JsonObject {
  const visit = (schema: JsonSchema): JsonSchema => {
    if (typeof schema === "boolean") return schema;
    const copy = mapSubschemas(schema, visit);
    const members = Array.isArray(copy.allOf) ? copy.allOf.filter(isSchema) : [];
    if (!members.some((member) => isClosed(root, member))) return copy;
    const opened = members.map((member) => open(root, member, 0));
    const closed = members.every((member) => isClosed(root, member));
    return { ...copy, allOf: opened, ...(closed ? { unevaluatedProperties: false } : {}) };
  };
  const opened = visit(root);
  return isJsonObject(opened) ? opened : root;
}

function isClosed(root: JsonSchema, schema: JsonSchema, depth = 0): boolean {
  const found = followRef(root, schema);
  if (typeof found === "boolean" || depth > 16) return false;
  if (found.additionalProperties === false || found.unevaluatedProperties === false) return true;
  return unions(found).some((members) => members.some((member) => isClosed(root, member, depth + 1)));
}

function open(root: JsonSchema, schema: JsonSchema, depth: number): JsonSchema {
  if (!isClosed(root, schema) || depth > 16) return schema;
  const found = followRef(root, schema);
  if (typeof found === "boolean") return found;
  const { additionalProperties, unevaluatedProperties, ...rest } = found;
  const opened: JsonObject = {
    ...rest,
    ...(additionalProperties === false || additionalProperties === undefined ? {} : { additionalProperties }),
    ...(unevaluatedProperties === false || unevaluatedProperties === undefined
      ? {}
      : { unevaluatedProperties }),
  };
  for (const keyword of ["anyOf", "oneOf", "allOf"] as const) {
    const members = opened[keyword];
    if (Array.isArray(members))
      opened[keyword] = members.filter(isSchema).map((one) => open(root, one, depth + 1));
  }
  return opened;
}

function unions(schema: JsonObject): JsonSchema[][] {
  return [schema.anyOf, schema.oneOf].flatMap((members) =>
    Array.isArray(members) ? [members.filter(isSchema)] : [],
  );
}
