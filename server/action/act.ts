import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import { cancelFlowRunAction } from "./cancel-flow-run.ts";
import { changeFlowRunStateAction } from "./change-flow-run-state.ts";
import { deleteFlowRunAction } from "./delete-flow-run.ts";
import { done, type Effect } from "./effect.ts";
import { emitEventAction } from "./emit-event.ts";
import { type Judged, readOccasion } from "./occasion.ts";
import type { PendingActionRun } from "./read-action-run.ts";
import { type Inquiry, resumeFlowRunAction } from "./resume-flow-run.ts";
import { retryFlowRunAction } from "./retry-flow-run.ts";
import { runDeploymentAction } from "./run-deployment.ts";
import { setAutomationEnabledAction } from "./set-automation-enabled.ts";
import { setDeploymentPausedAction } from "./set-deployment-paused.ts";
import { setWorkPausedAction } from "./set-work-paused.ts";
import { suspendFlowRunAction } from "./suspend-flow-run.ts";

/**
 * Carries an action out, within the transaction that records it: it is the last thing in it. What cannot succeed, however often it is
 * tried, is an outcome; whatever is thrown is tried again. Of an inquiry nothing is recorded yet.
 */
export async function act(
  tx: Transaction,
  ctx: Context,
  run: PendingActionRun,
  judged: Judged | null,
): Promise<Effect | Inquiry> {
  const { action } = run;
  if (action.type === "do-nothing") return done({}, []);
  const occasion = await readOccasion(tx, run, judged);
  switch (action.type) {
    case "run-deployment":
      return runDeploymentAction(tx, ctx, action, occasion);
    case "pause-deployment":
    case "resume-deployment":
      return setDeploymentPausedAction(tx, ctx, action, occasion);
    case "pause-work-pool":
    case "resume-work-pool":
    case "pause-work-queue":
    case "resume-work-queue":
      return setWorkPausedAction(tx, ctx, action, occasion);
    case "cancel-flow-run":
      return cancelFlowRunAction(tx, ctx, action, occasion);
    case "suspend-flow-run":
      return suspendFlowRunAction(tx, ctx, action, occasion);
    case "resume-flow-run":
      return resumeFlowRunAction(tx, ctx, action, occasion);
    case "change-flow-run-state":
      return changeFlowRunStateAction(tx, ctx, action, occasion);
    case "delete-flow-run":
      return deleteFlowRunAction(tx, ctx, action, occasion);
    case "retry-flow-run":
      return retryFlowRunAction(tx, ctx, action, occasion);
    case "pause-automation":
    case "resume-automation":
      return setAutomationEnabledAction(tx, ctx, action, occasion);
    case "emit-event":
      return emitEventAction(tx, ctx, action, occasion);
    case "send-notification":
    case "call-webhook":
      throw new Error(`the effect of ${action.type} is outside; it is none of this transaction`);
  }
}
