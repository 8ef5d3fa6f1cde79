import sql from "sql-template-tag";
import type { Action } from "../../core/automation/action.ts";
import type { StoredAutomation } from "../../core/automation/automation.ts";
import type { FiringState, MemberFiring } from "../../core/trigger/firing.ts";
import type { Executor } from "../db.ts";

/** An action run that is to be carried out, with its firing and the automation as it was then. */
export interface PendingActionRun {
  id: string;
  index: number;
  action: Action;
  attempts: number;
  triggeringEventId: string | null;
  firingId: string;
  state: FiringState;
  /** Time of the firing. */
  triggered: Date;
  /** Of the firing; another one than the action's where that is the event that tells of the firing. */
  firingTriggeringEventId: string | null;
  memberFirings: MemberFiring[];
  chain: string[];
  automationId: string;
  automation: StoredAutomation;
}

/** Locks it until the transaction ends. Null where it has been carried out, or is gone. */
export async function lockPending(tx: Executor, id: string): Promise<PendingActionRun | null> {
  const [run] = await tx.query<PendingActionRun>(sql`
    SELECT r.id, r.index, r.action, r.attempts, r.triggering_event_id, f.id AS firing_id, f.state, f.triggered,
      f.triggering_event_id AS firing_triggering_event_id, f.member_firings, f.chain, f.automation_id, v.definition AS automation
    FROM action_run r JOIN firing f ON f.id = r.firing_id
    JOIN automation_version v ON v.automation_id = f.automation_id AND v.revision = f.revision
    WHERE r.id = ${id}::uuid AND r.status = 'PENDING' FOR UPDATE OF r`);
  return run ?? null;
}
