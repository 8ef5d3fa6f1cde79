import { derivedId } from "../derived-id.ts";

export const actionLists = ["actions", "actions_on_trigger", "actions_on_resolve"] as const;
/** The list of an automation that an action stands in. */
export type ActionList = (typeof actionLists)[number];

/** The id of one action of a firing; also its key of idempotency towards whatever it does. */
export function actionRunId(firingId: string, list: ActionList, place: number): string {
  return derivedId("action run", firingId, list, place);
}

/** The id of the state by which an action run has a flow run begin anew: so it does once. */
export function retriedStateId(actionRun: string): string {
  return derivedId("retried", actionRun);
}

export type ActionPhase = "triggered" | "retrying" | "executed" | "failed" | "disabled";

/** The id of an event that tells of an action run. @param attempt from 1 */
export function actionEventId(actionRun: string, phase: ActionPhase, attempt: number): string {
  return derivedId("action event", actionRun, phase, attempt);
}
