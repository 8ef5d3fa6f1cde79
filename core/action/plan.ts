import type { Action } from "../automation/action.ts";
import type { ActionLists } from "../automation/automation.ts";
import type { FiringState } from "../trigger/firing.ts";
import { type ActionList, actionRunId } from "./action-run-id.ts";

/** One action that is to be carried out because of one firing. */
export interface PlannedAction {
  readonly id: string;
  /** Its number among the firing's actions, from 0. */
  readonly index: number;
  readonly list: ActionList;
  readonly place: number;
  readonly action: Action;
  readonly triggeringEventId: string | null;
}

export interface PlannedFiring {
  readonly id: string;
  readonly state: FiringState;
  readonly triggeringEventId: string | null;
  /** The event that tells of the firing. */
  readonly firingEventId: string;
}

/**
 * What a firing starts, in the order in which it is started (triggers.md §12): `actions`, then those of its state, whose triggering
 * event is the one that tells of the firing.
 */
export function planActions(automation: ActionLists, firing: PlannedFiring): PlannedAction[] {
  const ofState: [ActionList, readonly Action[]] =
    firing.state === "Triggered"
      ? ["actions_on_trigger", automation.actionsOnTrigger]
      : ["actions_on_resolve", automation.actionsOnResolve];
  const planned = (list: ActionList, actions: readonly Action[], triggeringEventId: string | null) =>
    actions.map((action, place) => ({
      id: actionRunId(firing.id, list, place),
      list,
      place,
      action,
      triggeringEventId,
    }));
  return [
    ...planned("actions", automation.actions, firing.triggeringEventId),
    ...planned(...ofState, firing.firingEventId),
  ].map((each, index) => ({ ...each, index }));
}
