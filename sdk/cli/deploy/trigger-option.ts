import path from "node:path";
import type { Given } from "../../../core/document/reading.ts";
import { isPlainObject } from "../../../core/json.ts";
import { Failure, UsageError } from "../failure.ts";
import { readText } from "../read-text.ts";
import { documentsIn } from "../read-yaml.ts";
import type { DeployOptions } from "./options.ts";

/** Where the triggers of `--trigger` stand, for messages. */
export const triggerOption = "trigger";

/**
 * What `--trigger` and `--no-triggers` give in place of the triggers of the file, in their order; null where the file's
 * own count. Throws Failure where one cannot be read.
 */
export async function readTriggerOptions({ trigger = [], triggers }: DeployOptions): Promise<Given[] | null> {
  if (!triggers && trigger.length > 0)
    throw new UsageError("--trigger and --no-triggers contradict each other: give one of them");
  if (!triggers) return [];
  if (trigger.length === 0) return null;
  const found = await Promise.all(trigger.map(readOne));
  return found.flat().map((value, at) => ({ value, path: [triggerOption, String(at)] }));
}

async function readOne(given: string): Promise<unknown[]> {
  try {
    if ([".yaml", ".yml", ".json"].includes(path.extname(given))) return await fromFile(given);
    const value: unknown = JSON.parse(given);
    if (Array.isArray(value)) return value;
    if (isPlainObject(value)) return [value];
    throw new Failure("it must be a trigger, or a list of triggers, as JSON");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure(`Failed to parse trigger: ${given}. Error: ${reason}`);
  }
}

async function fromFile(file: string): Promise<unknown[]> {
  const [document] = documentsIn(file, await readText(file));
  const list = isPlainObject(document?.value) ? document.value.triggers : undefined;
  if (Array.isArray(list)) return list;
  throw new Failure(`${file} has no list triggers:, which would hold them`);
}
