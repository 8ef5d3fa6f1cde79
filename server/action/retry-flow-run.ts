import sql from "sql-template-tag";
import { retriedStateId } from "../../core/action/action-run-id.ts";
import type { RetryFlowRun } from "../../core/automation/action.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import { changeRunWithin, stay } from "../flow-run/change-run.ts";
import { decideRetry } from "../flow-run/retry.ts";
import { done, type Effect } from "./effect.ts";
import type { Occasion } from "./occasion.ts";
import { onFlowRun, targetRun } from "./on-flow-run.ts";

/** Runs an ended run again, once: a run that this action has begun anew may have ended since. */
export function retryFlowRunAction(
  tx: Transaction,
  ctx: Context,
  { target }: RetryFlowRun,
  occasion: Occasion,
): Promise<Effect> {
  const { id: actionRun, chain, automationId } = occasion.run;
  const message = `Run again by Automation ${automationId}`;
  const stateId = retriedStateId(actionRun);
  return onFlowRun(target, occasion, "Failed to retry flow run", async (id, known) => {
    let name = "";
    const [begun] = await tx.query(sql`SELECT id FROM flow_run_state WHERE id = ${stateId}::uuid`);
    const changed = await changeRunWithin<boolean>(tx, ctx, { id, chain, stateId }, (run) => {
      name = run.name;
      known(run);
      return begun === undefined ? decideRetry(run, message) : stay(false);
    });
    const { result, events, committed } = changed;
    return done({ status_code: 200, ...(!result && { already: true }) }, [targetRun({ id, name })], {
      events,
      committed,
    });
  });
}
