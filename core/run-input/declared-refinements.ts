import type { z } from "zod";
import { fieldsOfRefinement, type Refinement } from "../json-schema/refinement.ts";
import { UnsuitableInputType } from "./errors.ts";
import { refinementOf } from "./refinement.ts";
import { innerSchemas, nodeOf } from "./zod-tree.ts";

/**
 * The refinements of a schema's own checks that its JSON Schema says too. Left out are those over what a transform makes of a field,
 * which only the flow's process can check. Throws `UnsuitableInputType` for one over a field that the schema does not have.
 */
export function declaredRefinements(schema: z.core.$ZodType): Refinement[] {
  return (nodeOf(schema)._zod.def.checks ?? []).flatMap((check) => {
    const refinement = refinementOf(check);
    return refinement !== null && isDeclared(schema, refinement) ? [refinement] : [];
  });
}

/** Whether the check is a refinement that the JSON Schema of `schema`, whose check it is, says too. */
export function isDeclaredCheck(schema: z.core.$ZodType, check: z.core.$ZodCheck<never>): boolean {
  const refinement = refinementOf(check);
  return refinement !== null && isDeclared(schema, refinement);
}

function isDeclared(schema: z.core.$ZodType, refinement: Refinement): boolean {
  if (changes(schema, "value")) return false;
  const what = refinement.kind === "compare" ? "value" : "presence";
  return fieldsOfRefinement(refinement).every((name) => {
    const variants = fieldVariants(schema, name);
    if (variants.length === 0) {
      throw new UnsuitableInputType(
        `the refinement ${JSON.stringify(refinement)} speaks of ${JSON.stringify(name)}, which is no field of its object`,
      );
    }
    return !variants.some((field) => changes(field, what));
  });
}

const CHANGING = ["pipe", "transform", "catch", "success", "promise"];

/** Whether what comes out at this place may be another value, or be given where none was or the other way round. */
function changes(
  schema: z.core.$ZodType,
  what: "value" | "presence",
  above: ReadonlySet<z.core.$ZodType> = new Set(),
): boolean {
  if (above.has(schema)) return false;
  const { def } = nodeOf(schema)._zod;
  if (CHANGING.includes(def.type)) return true;
  if (what === "value" && [def, ...(def.checks ?? []).map((check) => check._zod.def)].some(rewrites))
    return true;
  const inside = new Set(above).add(schema);
  return innerSchemas(schema).some((inner) => inner.step === null && changes(inner.schema, what, inside));
}

/** Checks such as `trim()`; that of a URL takes white space off. */
function rewrites(def: object): boolean {
  return ("check" in def && def.check === "overwrite") || ("format" in def && def.format === "url");
}

/** The schemas that a field of this name can have: of a union one of each member that has it. */
function fieldVariants(
  schema: z.core.$ZodType,
  name: string,
  above: ReadonlySet<z.core.$ZodType> = new Set(),
): z.core.$ZodType[] {
  if (above.has(schema)) return [];
  const { def } = nodeOf(schema)._zod;
  if (def.type === "object") {
    const field = Object.hasOwn(def.shape, name) ? def.shape[name] : def.catchall;
    return field === undefined || nodeOf(field)._zod.def.type === "never" ? [] : [field];
  }
  if (def.type === "record") return [def.valueType];
  const inside = new Set(above).add(schema);
  return innerSchemas(schema).flatMap((inner) =>
    inner.step === null ? fieldVariants(inner.schema, name, inside) : [],
  );
}
