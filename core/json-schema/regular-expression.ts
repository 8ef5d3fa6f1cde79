/** Longest pattern that is taken, in characters: a pattern is code that runs on every answer. */
const MAX_PATTERN = 2000;

/**
 * The pattern as Zod means it: without the flag `u`, which would refuse escapes that Zod's authors may write, except where the pattern
 * needs it.
 */
export function compilePattern(pattern: string): RegExp {
  if (pattern.length > MAX_PATTERN) {
    throw new Error(
      `a pattern of ${pattern.length} characters is too long; at most ${MAX_PATTERN} are taken`,
    );
  }
  return new RegExp(pattern, /\\p\{|\\P\{|\\u\{/.test(pattern) ? "u" : "");
}

/** The same in the form in which the validator takes an engine. */
export const regExp = Object.assign((pattern: string) => compilePattern(pattern), { code: "compilePattern" });
