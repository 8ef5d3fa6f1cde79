import type { DeleteFlowRun } from "../../core/automation/action.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import { deleteFlowRun } from "../flow-run/delete-flow-run.ts";
import { done, type Effect } from "./effect.ts";
import type { Occasion } from "./occasion.ts";
import { onFlowRun, targetRun } from "./on-flow-run.ts";

/** Deletes a run with all that belongs to it. */
export function deleteFlowRunAction(
  tx: Transaction,
  ctx: Context,
  { target }: DeleteFlowRun,
  occasion: Occasion,
): Promise<Effect> {
  return onFlowRun(target, occasion, "Failed to delete flow run", async (id) => {
    const { name, committed } = await deleteFlowRun(tx, ctx, id);
    return done({ status_code: 204 }, [targetRun({ id, name })], { committed });
  });
}
