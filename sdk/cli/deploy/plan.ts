import { type Given, Reading } from "../../../core/document/reading.ts";
import type { Issue } from "../../../core/error.ts";
import { isPlainObject } from "../../../core/json.ts";
import { type FileDeployment, readDeployment } from "../../deployment-file/read-deployment.ts";
import { type FileParts, nameOf, readParts } from "../../deployment-file/read-file.ts";
import { readSteps } from "../../deployment-file/read-steps.ts";
import { readSharedTriggers, type SharedTriggers } from "../../deployment-file/shared-triggers.ts";
import { Failure } from "../failure.ts";
import { choose } from "./choose.ts";
import { Filling } from "./filling.ts";
import { type DeployOptions, overridesOf, withOverrides, withoutOverridden } from "./options.ts";
import type { Source } from "./source.ts";
import { readTriggerOptions } from "./trigger-option.ts";

/** What is to be deployed: read, filled in and checked, as far as that is possible without the flows and the server. */
export interface Plan {
  deployments: FileDeployment[];
  /** Documents of automations, in which names may stand for ids. */
  automations: Given[];
  warnings: string[];
}

/** @throws Failure with every problem and its place */
export async function planOf(
  source: Source,
  entrypoint: string | undefined,
  options: DeployOptions,
): Promise<Plan> {
  const overrides = overridesOf(entrypoint, options);
  const triggers = await readTriggerOptions(options);
  const reading = new Reading("document", source.file === null ? "the deployment" : "the file");
  const filling = new Filling(reading);
  const { parts, warnings } = readParts(reading, source.value);
  const named = await Promise.all(parts.deployments.map((given) => withName(filling, given)));
  const names = options.name ?? [];
  const wish = { names, all: options.all ?? false, entrypoint, file: source.file };
  const chosen = choose(named, wish);
  const shared = await sharedTriggers(reading, filling, parts, triggers === null ? chosen : []);
  const whole = await filling.fill({ value: stepsOf(parts), path: [] }, "deployment");
  const directory = readSteps(reading, whole);
  const deployments: FileDeployment[] = [];
  for (const { value, path } of chosen) {
    const filled = await filling.fill(
      { value: withoutOverridden(value, overrides, triggers !== null), path },
      "deployment",
    );
    const document = { value: withOverrides(filled.value, overrides), path };
    const deployment = readDeployment(reading, document, shared, triggers);
    deployments.push({ ...deployment, directory: deployment.directory ?? directory });
  }
  const automations: Given[] = [];
  // With -n only those deployments are meant, and nothing else of the file.
  if (names.length === 0 && entrypoint === undefined)
    for (const given of parts.automations) automations.push(await filling.fill(given, "known"));
  refuse(source, filling.issues);
  return {
    deployments,
    automations,
    warnings: warnings.map(({ path, message }) => `${source.where(path)}: ${message}`),
  };
}

/** Nothing where there are no issues. @throws Failure that has each on a line of its own, with its place in the file */
export function refuse(source: Source, issues: readonly Issue[]): void {
  const lines = issues.map(({ path, message }) => `${source.where(path)}: ${message}`);
  if (lines.length === 1) throw new Failure(lines[0]);
  if (lines.length > 1)
    throw new Failure(
      `nothing is deployed, there are ${lines.length} problems:\n${lines.map((line) => `  ${line}`).join("\n")}`,
    );
}

async function withName(filling: Filling, given: Given): Promise<Given> {
  const name = nameOf(given);
  if (name === null || !isPlainObject(given.value)) return given;
  const filled = await filling.fill({ value: name, path: [...given.path, "name"] }, "deployment");
  return { value: { ...given.value, name: filled.value }, path: given.path };
}

/** Those that the chosen deployments name, filled in; the others as they are written. */
async function sharedTriggers(
  reading: Reading,
  filling: Filling,
  parts: FileParts,
  chosen: readonly Given[],
): Promise<SharedTriggers> {
  const lists = chosen.map(({ value }) => (isPlainObject(value) ? value.triggers : null));
  const used = new Set(lists.flatMap((list): unknown[] => (Array.isArray(list) ? list : [])));
  const shared = new Map<string, Given>();
  for (const [name, given] of readSharedTriggers(reading, parts.triggers))
    shared.set(name, used.has(name) ? await filling.fill(given, "trigger") : given);
  return shared;
}

function stepsOf({ fields }: FileParts): unknown {
  const steps = ["build", "push", "pull"].map((name) => [name, fields?.get(name)?.value] as const);
  return Object.fromEntries(steps.filter(([, value]) => value !== undefined));
}
