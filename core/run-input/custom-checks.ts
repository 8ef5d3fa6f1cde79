import type { z } from "zod";
import { isDeclaredCheck } from "./declared-refinements.ts";
import { textOfPattern } from "./pattern.ts";
import { innerSchemas, nodeOf } from "./zod-tree.ts";

/** Checks that JSON Schema makes as Zod does. */
const SAME = new Set([
  "greater_than",
  "less_than",
  "multiple_of",
  "number_format",
  "min_length",
  "max_length",
  "length_equals",
]);

/** Whether the type has anything, anywhere in it, that its JSON Schema cannot check: refinements, transforms, pipes. */
export function hasCustomChecks(schema: z.core.$ZodType): boolean {
  const seen = new Set<z.core.$ZodType>();
  const visit = (part: z.core.$ZodType): boolean => {
    if (seen.has(part)) return false;
    seen.add(part);
    return isCustom(part) || innerSchemas(part).some((inner) => visit(inner.schema));
  };
  return visit(schema);
}

function isCustom(schema: z.core.$ZodType): boolean {
  const { def } = nodeOf(schema)._zod;
  if (def.type === "pipe" || def.type === "transform" || def.type === "custom" || def.type === "catch")
    return true;
  const checks = (def.checks ?? [])
    .filter((check) => !isDeclaredCheck(schema, check))
    .map((check) => check._zod.def);
  // A format such as z.email() is its own check: its definition is that of a schema and of a check.
  const own = "check" in def ? [def as object as z.core.$ZodCheckDef] : [];
  return [...own, ...checks].some((check) => !isSame(check));
}

function isSame(check: z.core.$ZodCheckDef): boolean {
  if (SAME.has(check.check)) return true;
  if (check.check !== "string_format") return false;
  // The name of the check tells that it is one of a string's format.
  const { format, pattern, ...rest } = check as z.core.$ZodCheckStringFormatDef;
  if (pattern !== undefined) return textOfPattern(pattern) !== null;
  return format === "url" && !("hostname" in rest && rest.hostname) && !("protocol" in rest && rest.protocol);
}
