import sql from "sql-template-tag";
import { NotFoundError } from "../../core/error.ts";
import { overLimit } from "../../core/flow-run/over-limit.ts";
import type { Context } from "../context.ts";
import { changeRun, type Step, stay } from "../flow-run/change-run.ts";
import { runFacts } from "../flow-run/run.ts";
import type { PassedOver } from "./within-limits.ts";

/** Says of a run beyond the limit of its deployment that it waits for a slot, or cancels it. */
export async function passOver(ctx: Context, { run: { id, stateId }, limit }: PassedOver): Promise<void> {
  const changed = changeRun(ctx, id, (run): Step<void> => {
    // Whoever has come between made something else of it.
    if (run.stateId !== stateId) return stay(undefined);
    const next = overLimit({ ...runFacts(run), runCount: run.runCount }, limit);
    if (next === null) return stay(undefined);
    const scheduledFor = next.type === "SCHEDULED" ? { scheduledFor: sql`r.scheduled_for` } : {};
    return { go: true, change: { next, intended: "PENDING", ...scheduledFor }, result: () => undefined };
  });
  await changed.catch((error: unknown) => {
    if (!(error instanceof NotFoundError)) throw error;
  });
}
