import type { ChangeFlowRunState } from "../../core/automation/action.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import { cancelChildren } from "../flow-run/cancel.ts";
import { changeRunWithin } from "../flow-run/change-run.ts";
import { decideStateChange, namedState } from "../flow-run/change-state.ts";
import { done, type Effect, failed } from "./effect.ts";
import type { Occasion } from "./occasion.ts";
import { onFlowRun, targetRun } from "./on-flow-run.ts";

/** Puts a run into a state. */
export function changeFlowRunStateAction(
  tx: Transaction,
  ctx: Context,
  action: ChangeFlowRunState,
  occasion: Occasion,
): Promise<Effect> {
  const { chain, automationId } = occasion.run;
  const message = action.message ?? `State changed by Automation ${automationId}`;
  const state = namedState({ type: action.state, name: action.name ?? undefined, message });
  return onFlowRun(action.target, occasion, "Failed to set state", async (id, known) => {
    let name = "";
    const changed = await changeRunWithin(tx, ctx, { id, chain }, (run) => {
      name = run.name;
      known(run);
      return decideStateChange(ctx, run, state, action.force);
    });
    const { result } = changed;
    const related = [targetRun({ id, name })];
    if (result.kind === "refused")
      return failed(`Failed to set state: ${result.reason}`, related, { status_code: 409 });
    return done({ status_code: 200, ...(result.kind === "already" && { already: true }) }, related, {
      events: changed.events,
      committed() {
        changed.committed();
        // Should this server stop before, others cancel them: see cancelOrphans.
        cancelChildren(ctx, id).catch(() => undefined);
      },
    });
  });
}
