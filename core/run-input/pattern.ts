import { compilePattern } from "../json-schema/regular-expression.ts";

/**
 * The pattern's text where a JSON Schema says the same by it: it has no flag that changes what it matches (`i`, `m`, `s`, `v`, `y`) and
 * is not too long. Null otherwise: then only the flow's process can check it.
 */
export function textOfPattern(pattern: RegExp): string | null {
  if (/[imsvy]/.test(pattern.flags)) return null;
  try {
    return compilePattern(pattern.source).source;
  } catch {
    return null;
  }
}
