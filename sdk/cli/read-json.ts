import { UsageError } from "./failure.ts";
import { readText } from "./read-text.ts";

/**
 * The JSON of an option or argument: as it stands, or from a file (`@FILE`) or the standard input (`-`).
 *
 * @param what as it is called for whom it was typed, such as `--payload`
 */
export async function readJson(what: string, given: string, example: string): Promise<unknown> {
  const elsewhere = given === "-" || given.startsWith("@");
  const text = elsewhere ? await readText(given.replace(/^@/, "")) : given;
  try {
    return JSON.parse(text);
  } catch (error) {
    const from = elsewhere ? ` (from ${given === "-" ? "the standard input" : given.slice(1)})` : "";
    throw new UsageError(
      `${what}${from} is no JSON: ${error instanceof Error ? error.message : error}. Give it as in ${example}`,
    );
  }
}
