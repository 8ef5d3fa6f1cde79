import type { JsonObject } from "../json.ts";
import type { Action } from "./action.ts";
import type { ActionKind, ActionTarget } from "./action-kind.ts";
import type { TemplateAt } from "./action-templates.ts";
import { callWebhook } from "./call-webhook.ts";
import { changeFlowRunState } from "./change-flow-run-state.ts";
import { doNothing } from "./do-nothing.ts";
import { emitEvent } from "./emit-event.ts";
import { onTarget } from "./on-target.ts";
import { resumeFlowRun } from "./resume-flow-run.ts";
import { runDeployment } from "./run-deployment.ts";
import { sendNotification } from "./send-notification.ts";
import { suspendFlowRun } from "./suspend-flow-run.ts";

/** Every type of action by its name. */
export const actionKinds: { readonly [Type in Action["type"]]: ActionKind<Extract<Action, { type: Type }>> } =
  {
    "do-nothing": doNothing,
    "run-deployment": runDeployment,
    "pause-deployment": onTarget("pause-deployment", "deployment"),
    "resume-deployment": onTarget("resume-deployment", "deployment"),
    "cancel-flow-run": onTarget("cancel-flow-run", "flowRun"),
    "suspend-flow-run": suspendFlowRun,
    "resume-flow-run": resumeFlowRun,
    "change-flow-run-state": changeFlowRunState,
    "delete-flow-run": onTarget("delete-flow-run", "flowRun"),
    "retry-flow-run": onTarget("retry-flow-run", "flowRun"),
    "pause-work-pool": onTarget("pause-work-pool", "workPool"),
    "resume-work-pool": onTarget("resume-work-pool", "workPool"),
    "pause-work-queue": onTarget("pause-work-queue", "workQueue"),
    "resume-work-queue": onTarget("resume-work-queue", "workQueue"),
    "pause-automation": onTarget("pause-automation", "automation"),
    "resume-automation": onTarget("resume-automation", "automation"),
    "emit-event": emitEvent,
    "send-notification": sendNotification,
    "call-webhook": callWebhook,
  };

/** The names of all types. */
export const actionTypes = Object.keys(actionKinds) as Action["type"][]; // the table's own keys

/** The rest of an action's document, besides `type`. */
export function actionSettings(action: Action): JsonObject {
  return kindOf(action).settings(action);
}

/** An action as a document. */
export function actionDocument(action: Action): JsonObject {
  return { type: action.type, ...actionSettings(action) };
}

/** What an action acts upon; null for what acts upon nothing that a definition can name. */
export function actionTarget(action: Action): ActionTarget | null {
  return kindOf(action).target(action);
}

/** The templates in an action. */
export function actionTemplates(action: Action): TemplateAt[] {
  return kindOf(action).templates(action);
}

function kindOf({ type }: Action): ActionKind {
  return actionKinds[type];
}
