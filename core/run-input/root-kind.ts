import type { z } from "zod";
import { inputSide, nodeOf } from "./zod-tree.ts";

/**
 * Whether the root of the type is an object of fields: `z.object`, a union or intersection of such, `z.lazy` of one, and any of these
 * under refine, pipe, brand, readonly or a default. It is asked for as it is; everything else as `{ value }`.
 */
export function isObjectType(schema: z.core.$ZodType): boolean {
  return everyRoot(schema, (type) => type === "object", new Set());
}

/** Whether the root of the type is a record. */
export function isRecord(schema: z.core.$ZodType): boolean {
  return everyRoot(schema, (type) => type === "record", new Set());
}

function everyRoot(
  schema: z.core.$ZodType,
  test: (type: string) => boolean,
  above: Set<z.core.$ZodType>,
): boolean {
  // A type that is nothing but itself is no object.
  if (above.has(schema)) return false;
  const inside = new Set(above).add(schema);
  const rest = (inner: z.core.$ZodType): boolean => everyRoot(inner, test, inside);
  const { def } = nodeOf(schema)._zod;
  switch (def.type) {
    case "union":
      return def.options.every(rest);
    case "intersection":
      return rest(def.left) && rest(def.right);
    case "pipe":
      return rest(inputSide(def));
    case "lazy":
      return rest(def.getter());
    case "default":
    case "prefault":
    case "nonoptional":
    case "catch":
    case "readonly":
    case "promise":
      return rest(def.innerType);
    default:
      return test(def.type);
  }
}
