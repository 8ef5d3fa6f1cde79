import sql from "sql-template-tag";
import { appendVersions } from "../automation/append-versions.ts";
import { pauseAutomation } from "../automation/set-automation-enabled.ts";
import { renewWithin } from "./log-state.ts";
import type { EvaluatorContext } from "./session.ts";

/**
 * Pauses an automation whose trigger cannot be evaluated, and drops what it keeps: the log must not stand still for it.
 *
 * @throws LeaseLost
 */
export async function poison(
  ctx: EvaluatorContext,
  failure: { epoch: number; automationId: string; reason: string },
): Promise<void> {
  const { epoch, automationId } = failure;
  const reason = `its trigger could not be evaluated: ${failure.reason}`;
  await ctx.db.transaction(async (tx) => {
    const paused = await pauseAutomation(tx, ctx, automationId, { reason });
    await renewWithin(tx, epoch);
    await tx.query(sql`DELETE FROM bucket WHERE automation_id = ${automationId}::uuid`);
    await tx.query(sql`DELETE FROM trigger_memory WHERE automation_id = ${automationId}::uuid`);
    if (paused !== null) tx.last(appendVersions([paused]));
  });
  ctx.bus.notify("events");
}
