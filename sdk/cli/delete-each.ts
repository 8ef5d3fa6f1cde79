import { plain } from "./text/plain.ts";
import { documentText, type Format } from "./text/print.ts";

/**
 * Deletes one thing after the other, and tells which. One that stays, for `why`, keeps none of the others, and makes the
 * command fail.
 */
export async function deleteEach(
  names: readonly string[],
  { output }: { output?: Format },
  one: (name: string) => Promise<readonly string[]>,
  why: (name: string) => string,
): Promise<void> {
  const outcomes: object[] = [];
  for (const name of names) {
    const deleted = (await one(name)).length > 0;
    outcomes.push(deleted ? { deleted: name } : { kept: name });
    if (!deleted) {
      console.error(`antiphon: ${plain(why(name))}`);
      process.exitCode = 1;
    } else if (!output) console.log(`Deleted ${plain(name)}.`);
  }
  if (output) process.stdout.write(documentText(outcomes, output));
}
