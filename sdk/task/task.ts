import { checkRetryOptions } from "../flow/retry-delay.ts";
import { callTask } from "./call-task.ts";

/** What a task is called, and how it is tried. */
export interface TaskOptions {
  /** By which its stored results are known. */
  name: string;
  /** How often a failed call is tried again; none by default. */
  retries?: number;
  /** Before each retry, 0 by default; a list gives the first, the second, …, the last of it all further ones. */
  retryDelaySeconds?: number | number[];
  /** Of one try; no limit by default. The time in which the task waits for an answer does not count. */
  timeoutSeconds?: number;
  /** Whether the result is stored for a re-run of the flow; true by default. */
  persistResult?: boolean;
}

/** A task as the SDK runs it. */
export interface TaskDefinition {
  name: string;
  retries: number;
  retryDelaySeconds: number | number[];
  timeoutSeconds: number | null;
  persistResult: boolean;
  run(...args: unknown[]): unknown;
}

/**
 * Makes a task of a function. Inside a flow run a finished task's result is stored, and a re-run of the flow (after a
 * suspension) takes it from there; outside a run the function is simply called, with its retries.
 */
export function task<A extends unknown[], R>(
  options: TaskOptions | string,
  run: (...args: A) => Promise<R> | R,
): (...args: A) => Promise<R> {
  const given = typeof options === "string" ? { name: options } : options;
  if (typeof given.name !== "string" || given.name === "") throw new TypeError("task: a task needs a name");
  checkRetryOptions(`task ${given.name}`, given);
  const definition: TaskDefinition = {
    name: given.name,
    retries: given.retries ?? 0,
    retryDelaySeconds: given.retryDelaySeconds ?? 0,
    timeoutSeconds: given.timeoutSeconds ?? null,
    persistResult: given.persistResult ?? true,
    run: run as (...args: unknown[]) => unknown, // called with what the returned function is called with
  };
  // A stored result is what this very function returned, in a run before.
  const call = (...args: A) => callTask(definition, args) as Promise<R>;
  Object.defineProperty(call, "name", { value: definition.name });
  return call;
}
