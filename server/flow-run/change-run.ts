import { NotFoundError } from "../../core/error.ts";
import type { Context } from "../context.ts";
import { findRun, type Run } from "./run.ts";
import { type Transition, writeTransition } from "./write-transition.ts";

/** What a decision comes to: the run stays, or it goes on to another state. */
export type Step<Result> = { go: false; result: Result } | Go<Result>;

/** The transition that was decided, and what comes of it once it is written and before anybody is woken. */
export interface Go<Result> {
  go: true;
  change: Omit<Transition, "stateId">;
  result: (run: Run) => Result;
}

/** The run stays as it is, and this is the answer. */
export const stay = <Result>(result: Result): Step<Result> => ({ go: false, result });

/**
 * Reads a run, decides, and writes what was decided. Where another change came between, it reads and decides again, so a
 * decision always stands on the state that it changes. `decide` may throw: then nothing has happened.
 *
 * @throws NotFoundError for an unknown run
 */
export async function changeRun<Result, Seen extends Run = Run>(
  ctx: Context,
  id: string,
  decide: (run: Seen) => Step<Result> | Promise<Step<Result>>,
  // A caller that looks at more than the run names its own read; every other one sees a plain run.
  read: (id: string) => Promise<Seen | null> = (runId) => findRun(ctx.db, runId) as Promise<Seen | null>,
): Promise<Result> {
  for (;;) {
    const run = await read(id);
    if (run === null) throw new NotFoundError("flow run", id);
    const step = await decide(run);
    if (!step.go) return step.result;
    const taken = await takeStep(ctx, run, step);
    if (taken !== null) return taken.result;
  }
}

/** Writes a transition that was decided upon `run`; null where the run has changed since, and nothing was written. */
export async function takeStep<Result>(
  ctx: Context,
  run: Run,
  step: Go<Result>,
): Promise<{ result: Result } | null> {
  const written = await writeTransition(ctx.db, run, { ...step.change, stateId: ctx.newId() });
  if (written === null) return null;
  const result = step.result(written);
  announce(ctx, written, step.change);
  return { result };
}

/** Wakes whoever looks at this run. */
export function announce(
  ctx: Context,
  run: Run,
  change: Pick<Transition, "inputs" | "next" | "opens">,
): void {
  ctx.bus.notify(`run:${run.id}`, "flow-runs", "events");
  if (change.opens) ctx.bus.notify("deadlines");
  if (change.inputs) ctx.bus.notify(`inputs:${run.id}`);
  if (change.next.type === "SCHEDULED") ctx.bus.notify("claimable");
}
