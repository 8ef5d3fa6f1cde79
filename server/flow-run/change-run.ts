import sql from "sql-template-tag";
import { NotFoundError } from "../../core/error.ts";
import type { NewEvent } from "../../core/event/new-event.ts";
import { isFinal } from "../../core/flow-run/state.ts";
import type { NextState } from "../../core/flow-run/transition.ts";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { findRun, type Run } from "./run.ts";
import { type Transition, writeTransition, writeUntold } from "./write-transition.ts";

/** What a decision comes to: the run stays, or it goes on to another state. */
export type Step<Result> = { go: false; result: Result } | Go<Result>;

/** The transition that was decided, and what comes of it. */
export interface Go<Result> {
  go: true;
  change: Omit<Transition, "stateId">;
  result: (run: Run) => Result;
  /** Done once it is committed, before anybody is woken. */
  committed?: (run: Run) => void;
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
  step.committed?.(written);
  announce(ctx, written, step.change);
  return { result };
}

/** A run that was changed within a transaction. */
export interface ChangedWithin<Result> {
  result: Result;
  /** For the transaction's end. */
  events: NewEvent[];
  /** For after the commit. */
  committed: () => void;
}

/**
 * Reads a run that the caller's transaction holds from then on, decides, and writes what was decided; see `writeUntold` for
 * what that holds up.
 *
 * @param chain the automations that led to the change: they have led to what the run does from then on
 * @param stateId the id of the state that it comes to; a new one where it is left out
 * @throws NotFoundError for an unknown run
 */
export async function changeRunWithin<Result, Seen extends Run = Run>(
  tx: Executor,
  ctx: Context,
  { id, chain, stateId }: { id: string; chain: readonly string[]; stateId?: string },
  decide: (run: Seen) => Step<Result>,
  read: (id: string) => Promise<Seen | null> = (runId) => findRun(tx, runId) as Promise<Seen | null>, // as above
): Promise<ChangedWithin<Result>> {
  // Not FOR UPDATE: who holds the log may be about to refer to the run.
  if (isId(id)) await tx.query(sql`SELECT FROM flow_run WHERE id = ${id}::uuid FOR NO KEY UPDATE`);
  const found = await read(id);
  if (found === null) throw new NotFoundError("flow run", id);
  const run = { ...found, chain: chain.length > found.chain.length ? [...chain] : found.chain };
  const step = decide(run);
  if (!step.go) return { result: step.result, events: [], committed: () => undefined };
  const written = await writeUntold(tx, run, { ...step.change, stateId: stateId ?? ctx.newId() });
  return {
    result: step.result(written.run),
    events: written.events,
    committed() {
      step.committed?.(written.run);
      announce(ctx, written.run, step.change);
    },
  };
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
  if (change.next.type === "SCHEDULED" || freesSlot(run, change.next)) ctx.bus.notify("claimable");
}

/** Whether another run may begin in its place. */
function freesSlot({ deployment, queue }: Run, next: NextState): boolean {
  if (!deployment?.limited && queue === null) return false;
  return isFinal(next.type) || next.name === "Suspended";
}
