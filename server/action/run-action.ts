import { type Retry, retryDelay, unexpectedRetry } from "../../core/automation/retry.ts";
import type { Context } from "../context.ts";
import { act } from "./act.ts";
import { actionTransaction } from "./action-transaction.ts";
import { type Effect, failed } from "./effect.ts";
import { addJobs } from "./jobs.ts";
import type { Judged } from "./occasion.ts";
import { type OutsideKind, type OutsideKinds, outsideKinds } from "./outside.ts";
import { type BegunAttempt, beginOutside, performOutside } from "./perform-outside.ts";
import { dueAgain, lockPending, type PendingActionRun } from "./read-action-run.ts";
import { recordEnd, recordRetry } from "./record.ts";
import type { Inquiry } from "./resume-flow-run.ts";

/**
 * Carries an action run out. What it does in this database, the record of it and the events that tell of it are one transaction, once;
 * what it does outside is recorded before and after. One that has been carried out already is left alone. What goes wrong unexpectedly
 * is tried again later.
 */
export async function runAction(
  ctx: Context,
  id: string,
  report: (what: string, cause: unknown) => void,
  outside: OutsideKinds = outsideKinds,
): Promise<void> {
  try {
    await carryOut(ctx, id, outside);
  } catch (cause) {
    report(`carrying out the action run ${id}`, cause);
    await recordUnexpected(ctx, id, cause);
  }
  ctx.bus.notify("events", "firings");
}

async function carryOut(ctx: Context, id: string, outside: OutsideKinds): Promise<void> {
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
        const begun = await beginOutside(tx, ctx, run, outsideKind);
        return begun === null ? { kind: "nothing" } : { kind: "begun", begun };
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
      case "begun":
        return performOutside(ctx, step.begun);
      case "inquire":
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
  | { kind: "begun"; begun: BegunAttempt }
  | { kind: "inquire"; inquiry: Inquiry };

function kindOf(outside: OutsideKinds, { action }: PendingActionRun): OutsideKind | undefined {
  return outside[action.type];
}

/** Where another server is said to carry it out, it is looked at again when that one counts as gone. */
async function comeBack(ctx: Context, id: string): Promise<void> {
  const milliseconds = await dueAgain(ctx.db, id);
  if (milliseconds !== null) await ctx.db.query(addJobs([id], milliseconds));
}

async function recordUnexpected(ctx: Context, id: string, cause: unknown): Promise<void> {
  const reason = cause instanceof Error ? cause.message : String(cause);
  await actionTransaction(ctx, async (tx) => {
    const run = await lockPending(tx, id);
    if (run === null) return;
    const attempt = run.attempts + 1;
    const delay = retryDelay(retryOf(run), attempt - run.attemptsBefore, Math.random());
    if (delay !== null) return recordRetry(tx, ctx, run, { attempt, reason, result: {}, delay });
    await recordEnd(
      tx,
      ctx,
      run,
      { outcome: { status: "FAILED", reason, related: [], result: {} }, events: [] },
      attempt,
    );
  });
}

function retryOf({ action }: PendingActionRun): Retry {
  return (action.type === "run-deployment" ? action.retry : undefined) ?? unexpectedRetry;
}
