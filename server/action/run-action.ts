import { type Retry, retryDelay, unexpectedRetry } from "../../core/automation/retry.ts";
import type { Context } from "../context.ts";
import { act } from "./act.ts";
import { actionTransaction, inTurn } from "./action-transaction.ts";
import { done, type Effect, failed } from "./effect.ts";
import { emitEventAction } from "./emit-event.ts";
import { addJob } from "./jobs.ts";
import { type Judged, readOccasion } from "./occasion.ts";
import { type OutsideKind, type OutsideKinds, outsideKinds, type Prepared } from "./outside.ts";
import { isFailed, performOutside, prepareOutside } from "./perform-outside.ts";
import { dueAgain, lockPending, type PendingActionRun } from "./read-action-run.ts";
import { recordEnd, recordRetry } from "./record.ts";
import type { Inquiry } from "./resume-flow-run.ts";
import { readTogether, writeDone } from "./steps.ts";

export interface RunActionOptions {
  /** The types of actions whose effects are outside. */
  outside?: OutsideKinds;
  /** Called where it begins to wait for the answer of others. */
  waits?: () => void;
}

/**
 * Carries an action run out. What it does in this database, the record of it and the events that tell of it are stored together, once;
 * what it does outside is recorded before and after. One that has been carried out already is left alone. What goes wrong unexpectedly
 * is tried again later.
 */
export async function runAction(
  ctx: Context,
  id: string,
  report: (what: string, cause: unknown) => void,
  { outside = outsideKinds, waits = () => undefined }: RunActionOptions = {},
): Promise<void> {
  try {
    const run = await readTogether(ctx, id);
    if (run === null) await comeBack(ctx, id);
    else if (!(await carryOutTogether(ctx, run, outside))) await carryOutAlone(ctx, id, { outside, waits });
  } catch (cause) {
    report(`carrying out the action run ${id}`, cause);
    await recordUnexpected(ctx, id, cause);
  }
  ctx.bus.notify("events", "firings");
}

/**
 * Carries out what touches no rows but its own, and succeeds: it is written with whatever else is carried out at the moment. The others
 * lock runs, deployments, pools, automations or counts of failures, each in its order; several of them in one transaction would have
 * each other wait, and everybody else.
 *
 * @returns false where it is to be carried out alone: nothing was written
 */
async function carryOutTogether(
  ctx: Context,
  run: PendingActionRun,
  outside: OutsideKinds,
): Promise<boolean> {
  if (run.disabled) return false;
  const outsideKind = kindOf(outside, run);
  if (outsideKind !== undefined) {
    const prepared = await inTurn(ctx, () => prepareOutside(ctx.db, ctx, run, outsideKind));
    if (isFailed(prepared)) return false;
    await performOutside(ctx, run, outsideKind, prepared);
    return true;
  }
  const effect = await effectOfEvents(ctx, run);
  if (effect?.outcome.status !== "SUCCEEDED") return false;
  const { outcome, events } = effect;
  await writeDone(ctx, run, outcome, { attempt: run.attempts + 1, events });
  return true;
}

/** What an action does that does nothing but store events; null for the others. */
async function effectOfEvents(ctx: Context, run: PendingActionRun): Promise<Effect | null> {
  const { action } = run;
  switch (action.type) {
    case "do-nothing":
      return done({}, []);
    case "emit-event":
      return inTurn(ctx, async () =>
        emitEventAction(ctx.db, ctx, action, await readOccasion(ctx.db, run, null)),
      );
    default:
      return null;
  }
}

/** In a transaction of its own. */
async function carryOutAlone(
  ctx: Context,
  id: string,
  { outside, waits }: Required<RunActionOptions>,
): Promise<void> {
  let judged: Judged | null = null;
  for (;;) {
    const step: Step = await actionTransaction(ctx, async (tx): Promise<Step> => {
      const run = await lockPending(tx, id);
      if (run === null) return { kind: "nothing" };
      if (run.disabled && run.attempts === 0) {
        await recordEnd(tx, ctx, run, failed(disabledReason), 1);
        return { kind: "nothing" };
      }
      const outsideKind = kindOf(outside, run);
      if (outsideKind !== undefined) {
        const prepared = await prepareOutside(tx, ctx, run, outsideKind);
        if (!isFailed(prepared)) return { kind: "outside", run, outsideKind, prepared };
        await recordEnd(tx, ctx, run, { outcome: prepared, events: [] }, run.attempts + 1);
        return { kind: "nothing" };
      }
      const effect = await act(tx, ctx, run, judged);
      if ("inquire" in effect) return { kind: "inquire", inquiry: effect };
      await recordEnd(tx, ctx, run, effect, run.attempts + 1);
      return { kind: "done", effect };
    });
    switch (step.kind) {
      case "nothing":
        return comeBack(ctx, id);
      case "done":
        return step.effect.committed?.();
      case "outside":
        return performOutside(ctx, step.run, step.outsideKind, step.prepared);
      case "inquire":
        waits();
        judged = await step.inquiry.inquire();
    }
  }
}

const disabledReason =
  "the action is disabled, since it has failed too often in a row: enable it, or retry this one, which enables it where it succeeds";

/** What one transaction came to. */
type Step =
  | { kind: "nothing" }
  | { kind: "done"; effect: Effect }
  | { kind: "outside"; run: PendingActionRun; outsideKind: OutsideKind; prepared: Prepared }
  | { kind: "inquire"; inquiry: Inquiry };

function kindOf(outside: OutsideKinds, { action }: PendingActionRun): OutsideKind | undefined {
  return outside[action.type];
}

/** Where another server is said to carry it out, it is looked at again when that one counts as gone. */
async function comeBack(ctx: Context, id: string): Promise<void> {
  const milliseconds = await dueAgain(ctx.db, id);
  if (milliseconds === null) return;
  await ctx.db.query(addJob(id, milliseconds));
  ctx.bus.notify("jobs");
}

async function recordUnexpected(ctx: Context, id: string, cause: unknown): Promise<void> {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const waits = await actionTransaction(ctx, async (tx) => {
    const run = await lockPending(tx, id);
    if (run === null) return false;
    const attempt = run.attempts + 1;
    const delay = retryDelay(retryOf(run), attempt - run.attemptsBefore, Math.random());
    if (delay !== null) {
      await recordRetry(tx, ctx, run, { attempt, reason, result: {}, delay });
      return true;
    }
    await recordEnd(
      tx,
      ctx,
      run,
      { outcome: { status: "FAILED", reason, related: [], result: {} }, events: [] },
      attempt,
    );
    return false;
  });
  if (waits) ctx.bus.notify("jobs");
}

function retryOf({ action }: PendingActionRun): Retry {
  return (action.type === "run-deployment" ? action.retry : undefined) ?? unexpectedRetry;
}
