import type { FailedOutcome } from "../../core/action/action-event.ts";
import { retryDelay } from "../../core/automation/retry.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { actionTransaction } from "./action-transaction.ts";
import { readOccasion } from "./occasion.ts";
import type { OutsideKind, OutsideOutcome, Prepared } from "./outside.ts";
import { lockRunning, type PendingActionRun } from "./read-action-run.ts";
import { recordEnd, recordRetry } from "./record.ts";
import { writeBegun, writeDone } from "./steps.ts";

/** Seconds over its time after which whoever carries an attempt out counts as gone. */
const grace = 30;

/** An attempt that has been recorded as begun. */
interface BegunAttempt {
  readonly id: string;
  readonly attempt: number;
  readonly kind: OutsideKind;
  readonly prepared: Prepared;
}

/** Makes what is sent, unless that was done for an earlier attempt. */
export async function prepareOutside(
  db: Executor,
  ctx: Context,
  run: PendingActionRun,
  kind: OutsideKind,
): Promise<Prepared | FailedOutcome> {
  return run.prepared ?? kind.prepare(db, ctx, run.action, await readOccasion(db, run, null));
}

/** Records the attempt, and then what came of it; nothing where somebody else makes it. */
export async function performOutside(
  ctx: Context,
  run: PendingActionRun,
  kind: OutsideKind,
  prepared: Prepared,
): Promise<void> {
  const attempt = run.attempts + 1;
  if (!(await writeBegun(ctx, run, { prepared, seconds: kind.budget + grace }))) return;
  const outcome = await send(ctx, { id: run.id, attempt, kind, prepared });
  const { related } = prepared;
  if (outcome.status === "SUCCEEDED") {
    await writeDone(ctx, { ...run, attempts: attempt }, { ...outcome, related }, { attempt });
    return;
  }
  const waits = await actionTransaction(ctx, async (tx) => {
    const locked = await lockRunning(tx, run.id, attempt);
    if (locked === null) return false;
    const { reason, result } = outcome;
    if (outcome.status === "RETRY") {
      const retry = kind.retry(locked.action);
      const delay = retryDelay(retry, attempt - locked.attemptsBefore, Math.random(), outcome.retryAfter);
      if (delay !== null) {
        await recordRetry(tx, ctx, locked, { attempt, reason, result, delay });
        return true;
      }
    }
    const failed: FailedOutcome = { status: "FAILED", reason, result, related };
    await recordEnd(tx, ctx, locked, { outcome: failed, events: [] }, attempt);
    return false;
  });
  if (waits) ctx.bus.notify("jobs");
}

async function send(ctx: Context, { id, attempt, kind, prepared }: BegunAttempt): Promise<OutsideOutcome> {
  const signal = AbortSignal.timeout(kind.budget * 1000);
  try {
    return await kind.perform(ctx, prepared.sent, { key: id, attempt, signal });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { status: "RETRY", reason, result: {}, retryAfter: null };
  }
}

/** Whether it can never be sent. */
export function isFailed(prepared: Prepared | FailedOutcome): prepared is FailedOutcome {
  return "status" in prepared;
}
