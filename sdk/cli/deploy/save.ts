import { access, readFile, writeFile } from "node:fs/promises";
import type { FileDeployment } from "../../deployment-file/read-deployment.ts";
import { Failure } from "../failure.ts";
import { canAsk, Left, Questions } from "../prompt/questions.ts";
import type { DeployOptions } from "./options.ts";
import { savedText } from "./saved-text.ts";
import type { Source } from "./source.ts";

/**
 * Writes what options said of the deployments into their file: where `--save` says so, or somebody on the terminal (actions.md 4.4).
 * The file is only written where it says the same afterwards as the options did, and all else in it stays.
 *
 * @throws Failure where `--save` was given, and it cannot be written so
 */
export async function offerToSave(
  source: Source,
  entrypoint: string | undefined,
  options: DeployOptions,
  deployments: readonly FileDeployment[],
  ask: ((question: string) => Promise<boolean>) | null = canAsk() ? asked : null,
): Promise<void> {
  const { save = null } = options;
  if (save === false || (save === null && (options.output !== undefined || ask === null))) return;
  if (source.file === "-") return; // the standard input
  const file = source.file ?? "antiphon.yaml";
  try {
    const before = await textOf(source);
    const text = await savedText(before, source, entrypoint, options, deployments);
    if (text === null) return;
    if (save === null && !(await ask?.(`Save these options in ${file}?`))) return;
    if ((await textOf(source)) !== before) throw new Failure("somebody else has changed it meanwhile");
    await writeFile(file, text);
    if (!options.output) console.log(`Saved in ${file}.`);
  } catch (error) {
    // Who did not ask for it need not know why it cannot be.
    if (save === null && error instanceof Failure) return;
    throw error instanceof Failure ? new Failure(`not saved in ${file}: ${error.message}`) : error;
  }
}

async function asked(question: string): Promise<boolean> {
  try {
    return await (await Questions.open()).yesOrNo(question, false);
  } catch (error) {
    if (error instanceof Left) return false;
    throw error;
  }
}

async function textOf({ file }: Source): Promise<string> {
  if (file !== null) return readFile(file, "utf8");
  const isThere = await access("antiphon.yaml").then(
    () => true,
    () => false,
  );
  if (isThere) throw new Failure("it is there by now");
  return "";
}
