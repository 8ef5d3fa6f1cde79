import { createHash } from "node:crypto";
import { canonicalJson, toJson } from "../../core/json.ts";
import { type Context, checkContext, context } from "../execution/context.ts";
import { logLine } from "../log/logger.ts";
import { runTries } from "./run-tries.ts";
import { mayBeStored, readResult, storeResult } from "./stored-result.ts";
import type { TaskDefinition } from "./task.ts";

/** Runs a task, or takes the result that an earlier execution of this attempt has stored for the same call. */
export async function callTask(definition: TaskDefinition, args: unknown[]): Promise<unknown> {
  const caller = context.getStore();
  if (!caller) return runTries(definition, args, null);
  checkContext(caller, true);
  const slug = slugOf(definition.name);
  const scope = `${slug}--${caller.attempt.count(`task ${slug}`)}`;
  const key = definition.persistResult ? resultKey(caller, definition, args) : null;
  return caller.attempt.track(run(caller, definition, args, scope, key));
}

async function run(
  caller: Context,
  definition: TaskDefinition,
  args: unknown[],
  scope: string,
  key: string | null,
): Promise<unknown> {
  if (key !== null && mayBeStored(caller)) {
    const stored = await readResult(caller, key);
    if (stored) return stored.value;
    checkContext(caller, true);
  }
  const at: Context = {
    ...caller,
    task: { name: definition.name, scope, limits: new Set(caller.task?.limits) },
  };
  const value = await context.run(at, () => runTries(definition, args, at));
  if (key !== null) await storeResult(at, key, `task ${definition.name}`, value);
  return value;
}

/** A task's name in the form that a pause's key has; tasks of one slug are counted together. */
function slugOf(name: string): string {
  const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return slug.slice(0, 40).replace(/^-+|-+$/g, "") || "task";
}

/** Names the n-th call of this task with these arguments; null where the arguments are no JSON. */
function resultKey(at: Context, definition: TaskDefinition, args: unknown[]): string | null {
  const json = toJson(args.map((arg) => (arg === undefined ? null : arg)));
  if (!json.ok) {
    if (at.execution.runsAgain && at.attempt.count(`no key of ${definition.name}`) === 1) {
      const where = json.path.join(".");
      logLine(
        at,
        30,
        `the arguments of task ${definition.name} are no JSON (at ${where}), so its results are not stored`,
      );
    }
    return null;
  }
  const digest = createHash("sha256").update(canonicalJson(json.value)).digest("hex").slice(0, 32);
  const call = `task ${definition.name} ${digest}`;
  return `${call} #${at.attempt.count(call)}`;
}
