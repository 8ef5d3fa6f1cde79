import { UsageError } from "../failure.ts";
import { canAsk, Questions } from "../prompt/questions.ts";
import { readText } from "../read-text.ts";

/**
 * Secrets by their fields: asked for on a terminal, else read from the standard input, a line each, in the order of the
 * options.
 */
export async function readSecrets(
  fields: readonly string[],
  file: string | undefined,
): Promise<[field: string, secret: string][]> {
  if (fields.length === 0) return [];
  if (canAsk()) {
    const questions = await Questions.open();
    const given: [string, string][] = [];
    for (const field of fields) given.push([field, await questions.secret(field)]);
    return given;
  }
  if (file === "-") throw new UsageError("the standard input cannot hold both the data and its secrets");
  const lines = (await readText("-")).replace(/\r?\n$/, "").split(/\r?\n/);
  return fields.map((field, at) => {
    const line = lines[at];
    if (line === undefined || line === "")
      throw new UsageError(`the standard input has no line for --secret ${field}`);
    return [field, line];
  });
}
