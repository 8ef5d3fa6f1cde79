import { type Action, isOutside } from "../../core/automation/action.ts";
import { isPlainObject } from "../../core/json.ts";

/** Action runs of one job, where they wait for nobody outside; those of one firing stay together. */
const mostOfJob = 50;

/**
 * What a job carries out: one action run; or some that are carried out beside each other, and in the place of one also several of one
 * firing, which are carried out one after the other.
 */
export type JobPayload = { readonly id: string } | { readonly ids: readonly (string | readonly string[])[] };

/** An action run to enqueue. */
export interface NewJob {
  readonly id: string;
  readonly firingId: string;
  readonly action: Action;
}

/**
 * The jobs of action runs that come by firings, in the order of their lists. Those that wait for somebody outside have one each, and many
 * others share one.
 */
export function jobsOf(runs: readonly NewJob[]): JobPayload[] {
  const jobs: ({ id: string } | { firings: string[][]; runs: number })[] = [];
  let shared: { firings: string[][]; runs: number } | null = null;
  let firing: string | null = null;
  for (const { id, firingId, action } of runs) {
    if (isOutside(action)) {
      jobs.push({ id });
      continue;
    }
    const same = firingId === firing;
    firing = firingId;
    if (shared === null || (shared.runs >= mostOfJob && !same)) {
      shared = { firings: [], runs: 0 };
      jobs.push(shared);
    }
    shared.runs += 1;
    if (same) shared.firings.at(-1)?.push(id);
    else shared.firings.push([id]);
  }
  return jobs.map((job) => ("id" in job ? job : { ids: job.firings.map(alone) }));
}

function alone(ids: readonly string[]): string | readonly string[] {
  const [first] = ids;
  return ids.length === 1 && first !== undefined ? first : ids;
}

/** The action runs of a job, by those that are carried out beside each other. @throws where the payload is none of ours */
export function firingsOf(payload: unknown): string[][] {
  if (isPlainObject(payload)) {
    const { id, ids } = payload;
    if (typeof id === "string") return [[id]];
    const firings: unknown[][] = Array.isArray(ids)
      ? ids.map((each) => (Array.isArray(each) ? each : [each]))
      : [];
    if (firings.length > 0 && firings.every(areTexts)) return firings;
  }
  throw new Error(`the job's payload names no action runs: ${JSON.stringify(payload)}`);
}

function areTexts(values: unknown[]): values is string[] {
  return values.every((value) => typeof value === "string");
}
