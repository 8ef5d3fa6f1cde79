import sql, { type Sql } from "sql-template-tag";
import type { ActionList } from "../../core/action/action-run-id.ts";
import type { Action } from "../../core/automation/action.ts";
import type { StoredAutomation } from "../../core/automation/automation.ts";
import type { Labels } from "../../core/event/event.ts";
import type { FiringState, MemberFiring } from "../../core/trigger/firing.ts";
import type { Executor } from "../db.ts";
import type { Prepared } from "./outside.ts";

/** An action run that is to be carried out, with its firing and the automation as it was then. */
export interface PendingActionRun {
  id: string;
  index: number;
  /** The list that the action stands in, and where. */
  list: ActionList;
  place: number;
  action: Action;
  /** Whether the action has failed so often that it is not carried out. */
  disabled: boolean;
  /** The attempts that were begun. */
  attempts: number;
  /** Those of them from before it was last asked for again. */
  attemptsBefore: number;
  /** What it sends, as it was made for the first attempt; null before, and where its effect is in this database. */
  prepared: Prepared | null;
  triggeringEventId: string | null;
  triggeringOccurred: Date | null;
  firingId: string;
  state: FiringState;
  /** Time of the firing. */
  triggered: Date;
  triggeringLabels: Labels;
  /** Of the firing; another one than the action's where that is the event that tells of the firing. */
  firingTriggeringEventId: string | null;
  triggerId: string;
  memberFirings: MemberFiring[];
  metricValue: number | null;
  chain: string[];
  automationId: string;
  /** The automation's, when it fired. */
  revision: number;
  automation: StoredAutomation;
}

/** Whether the server that began the attempt is gone: servers have a sign of life. */
const isAbandoned = sql`(r.status = 'RUNNING' AND NOT EXISTS (SELECT FROM server s WHERE s.id = r.holder))`;

const isPending = sql`r.status IN ('PENDING', 'RUNNING') AND (r.due_at IS NULL OR r.due_at <= clock_timestamp() OR ${isAbandoned})`;

const selected = sql`
  SELECT r.id, r.index, r.list, r.place, r.action, r.attempts, r.attempts_before, r.prepared, r.triggering_event_id,
    (SELECT e.occurred FROM event e WHERE e.id = r.triggering_event_id) AS triggering_occurred, f.id AS firing_id, f.state, f.triggered,
    f.triggering_labels, f.triggering_event_id AS firing_triggering_event_id, f.trigger_id, f.member_firings, f.metric_value, f.chain, f.automation_id, f.revision,
    v.definition AS automation, EXISTS (SELECT FROM action_failure x
      WHERE x.automation_id = f.automation_id AND x.list = r.list AND x.place = r.place AND x.disabled_at IS NOT NULL) AS disabled
  FROM action_run r JOIN firing f ON f.id = r.firing_id
  JOIN automation_version v ON v.automation_id = f.automation_id AND v.revision = f.revision`;

/** Those of these that are to be carried out now, as they are at this moment; who goes on with one sees to it that it still is. */
export function readPending(db: Executor, ids: readonly string[]): Promise<PendingActionRun[]> {
  return db.query<PendingActionRun>(sql`${selected} WHERE r.id = ANY (${[...ids]}::uuid[]) AND ${isPending}`);
}

/**
 * Locks it until the transaction ends. Null where it has been carried out, is being carried out, waits for its next attempt, or is gone.
 */
export function lockPending(tx: Executor, id: string): Promise<PendingActionRun | null> {
  return lockRun(tx, id, isPending);
}

/** Locks it until the transaction ends. Null where this attempt is no longer the one that carries it out. */
export function lockRunning(tx: Executor, id: string, attempt: number): Promise<PendingActionRun | null> {
  return lockRun(tx, id, sql`r.status = 'RUNNING' AND r.attempts = ${attempt}`);
}

async function lockRun(tx: Executor, id: string, which: Sql): Promise<PendingActionRun | null> {
  const [run] = await tx.query<PendingActionRun>(
    sql`${selected} WHERE r.id = ${id}::uuid AND ${which} FOR UPDATE OF r`,
  );
  return run ?? null;
}

/** When it may be looked at again, where it waits for its next attempt or is being carried out; null where it need not be. */
export async function dueAgain(db: Executor, id: string): Promise<number | null> {
  const [run] = await db.query<{ milliseconds: number }>(sql`
    SELECT extract(epoch FROM due_at - clock_timestamp())::float8 * 1000 AS milliseconds FROM action_run r
    WHERE id = ${id}::uuid AND status = 'RUNNING' AND due_at > clock_timestamp()`);
  return run?.milliseconds ?? null;
}
