import { Failure, UsageError } from "../failure.ts";
import { documentsIn, type FileDocument } from "../read-yaml.ts";
import { automationsIn, readFiles, type Written } from "./read-files.ts";

/** Where a command is given automations: in files, or as JSON on the command line. */
export interface WrittenInput {
  file?: string[];
  document?: string;
}

/** The automations that a command is given, in exactly one of the two ways. */
export async function writtenInput({ file, document }: WrittenInput): Promise<Written[]> {
  if ((file === undefined) === (document === undefined))
    throw new UsageError("give the automation with -f FILE or with -j JSON, one of the two");
  return file ? readFiles(file) : automationsIn("-j", typed(document ?? ""));
}

/** @throws UsageError where it cannot be read: it was typed, not found in a file */
function typed(text: string): FileDocument[] {
  try {
    return documentsIn("-j", text);
  } catch (error) {
    throw error instanceof Failure ? new UsageError(error.message) : error;
  }
}

/** The one automation that a command is given. */
export async function oneWritten(input: WrittenInput): Promise<Written> {
  const [only, ...others] = await writtenInput(input);
  if (only && others.length === 0) return only;
  throw new UsageError(`this takes one automation; ${others.length + 1} are given`);
}
