import type { CancelFlowRun } from "../../core/automation/action.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import { cancelChildren, decideCancel } from "../flow-run/cancel.ts";
import { changeRunWithin } from "../flow-run/change-run.ts";
import { done, type Effect } from "./effect.ts";
import type { Occasion } from "./occasion.ts";
import { onFlowRun, targetRun } from "./on-flow-run.ts";

/** Cancels a run and the runs that it started. */
export function cancelFlowRunAction(
  tx: Transaction,
  ctx: Context,
  { target }: CancelFlowRun,
  occasion: Occasion,
): Promise<Effect> {
  const { chain, automationId } = occasion.run;
  const message = `Cancelled by Automation ${automationId}`;
  return onFlowRun(target, occasion, "Failed to set state", async (id, known) => {
    let name = "";
    const changed = await changeRunWithin(tx, ctx, { id, chain }, (run) => {
      name = run.name;
      known(run);
      return decideCancel(run, message);
    });
    return done({ status_code: 200, ...(!changed.result && { already: true }) }, [targetRun({ id, name })], {
      events: changed.events,
      committed() {
        changed.committed();
        // Should this server stop before, others cancel them: see cancelOrphans.
        cancelChildren(ctx, id).catch(() => undefined);
      },
    });
  });
}
