import type { SuspendFlowRun } from "../../core/automation/action.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import { changeRunWithin, stay } from "../flow-run/change-run.ts";
import { decideSuspend } from "../flow-run/suspend.ts";
import { done, type Effect } from "./effect.ts";
import type { Occasion } from "./occasion.ts";
import { onFlowRun, targetRun } from "./on-flow-run.ts";

/** Asks a running run to stop until it is resumed. */
export function suspendFlowRunAction(
  tx: Transaction,
  ctx: Context,
  { target, timeout }: SuspendFlowRun,
  occasion: Occasion,
): Promise<Effect> {
  const { chain, automationId } = occasion.run;
  const message = `Suspended by Automation ${automationId}`;
  return onFlowRun(target, occasion, "Failed to set state", async (id, known) => {
    let name = "";
    const changed = await changeRunWithin<boolean>(tx, ctx, { id, chain }, (run) => {
      name = run.name;
      known(run);
      const already = run.stateType === "PAUSED" && run.stateName === "Suspended";
      return already ? stay(false) : decideSuspend(ctx, run, timeout, message);
    });
    return done({ status_code: 200, ...(!changed.result && { already: true }) }, [targetRun({ id, name })], {
      events: changed.events,
      committed: changed.committed,
    });
  });
}
