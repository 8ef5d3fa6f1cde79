import type { FailedOutcome } from "../../core/action/action-event.ts";
import { retryDelay } from "../../core/automation/retry.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import { actionTransaction } from "./action-transaction.ts";
import { readOccasion } from "./occasion.ts";
import type { OutsideKind, OutsideOutcome, Prepared } from "./outside.ts";
import { lockRunning, type PendingActionRun } from "./read-action-run.ts";
import { recordBegun, recordEnd, recordRetry } from "./record.ts";

/** Seconds over its time after which whoever carries an attempt out counts as gone. */
const grace = 30;

/** An attempt that has been recorded as begun. */
export interface BegunAttempt {
  readonly id: string;
  readonly attempt: number;
  readonly kind: OutsideKind;
  readonly prepared: Prepared;
}

/** Makes what is sent, unless that was done for an earlier attempt, and records the attempt; null where it can never succeed. */
export async function beginOutside(
  tx: Transaction,
  ctx: Context,
  run: PendingActionRun,
  kind: OutsideKind,
): Promise<BegunAttempt | null> {
  const prepared =
    run.prepared ?? (await kind.prepare(tx, ctx, run.action, await readOccasion(tx, run, null)));
  const attempt = run.attempts + 1;
  if (isFailed(prepared)) {
    await recordEnd(tx, ctx, run, { outcome: prepared, events: [] }, attempt);
    return null;
  }
  await recordBegun(tx, ctx, run, { prepared, seconds: kind.budget + grace });
  return { id: run.id, attempt, kind, prepared };
}

/** Sends what an attempt sends, and records what came of it. */
export async function performOutside(ctx: Context, begun: BegunAttempt): Promise<void> {
  const { id, attempt } = begun;
  const outcome = await send(ctx, begun);
  await actionTransaction(ctx, async (tx) => {
    const run = await lockRunning(tx, id, attempt);
    if (run === null) return;
    const { related } = begun.prepared;
    if (outcome.status !== "RETRY")
      return recordEnd(tx, ctx, run, { outcome: { ...outcome, related }, events: [] }, attempt);
    const { reason, result, retryAfter } = outcome;
    const retry = begun.kind.retry(run.action);
    const delay = retryDelay(retry, attempt - run.attemptsBefore, Math.random(), retryAfter);
    if (delay !== null) return recordRetry(tx, ctx, run, { attempt, reason, result, delay });
    await recordEnd(
      tx,
      ctx,
      run,
      { outcome: { status: "FAILED", reason, result, related }, events: [] },
      attempt,
    );
  });
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

function isFailed(prepared: Prepared | FailedOutcome): prepared is FailedOutcome {
  return "status" in prepared;
}
