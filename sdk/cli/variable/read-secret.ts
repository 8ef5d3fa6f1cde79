import { UsageError } from "../failure.ts";
import { canAsk, Questions } from "../prompt/questions.ts";
import { readText } from "../read-text.ts";

/** A secret text: asked for on a terminal and not shown there, else the standard input without its last line end. */
export async function readSecret(name: string): Promise<string> {
  const text = canAsk() ? await (await Questions.open()).secret(name) : await readText("-");
  const secret = text.replace(/\r?\n$/, "");
  if (secret === "") throw new UsageError("the secret is empty: give it on the standard input, or type it");
  return secret;
}
