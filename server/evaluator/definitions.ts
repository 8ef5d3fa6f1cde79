import sql from "sql-template-tag";
import type { StoredAutomation } from "../../core/automation/automation.ts";
import type { Executor } from "../db.ts";

/** An automation as it is from one place of the log on. */
export interface Definition {
  readonly automationId: string;
  readonly revision: number;
  /** One more with each change of the trigger, and with each enabling: under another one, watching has started afresh. */
  readonly triggerVersion: number;
  readonly automation: StoredAutomation;
}

/** What becomes of an automation at a position of the log. */
export interface Change {
  readonly position: number;
  readonly automationId: string;
  /** Null where nothing watches any more: it was disabled or deleted. */
  readonly definition: Definition | null;
}

interface VersionRow {
  automationId: string;
  revision: number;
  triggerVersion: number;
  position: number;
  enabled: boolean;
  /** Was checked when it was stored. */
  definition: StoredAutomation | null;
}

/** The automations that watch, as of a position of the log. */
export async function readDefinitions(db: Executor, position: number): Promise<Definition[]> {
  const rows = await db.query<VersionRow>(sql`
    SELECT DISTINCT ON (automation_id) automation_id, revision, trigger_version, position, enabled, definition
    FROM automation_version WHERE position <= ${position} ORDER BY automation_id, position DESC`);
  return rows.flatMap((row) => definitionOf(row) ?? []);
}

/** The changes of automations behind `from`, up to and with `to`, in their order. */
export async function readChanges(db: Executor, from: number, to: number): Promise<Change[]> {
  const rows = await db.query<VersionRow>(sql`
    SELECT automation_id, revision, trigger_version, position, enabled, definition FROM automation_version
    WHERE position > ${from} AND position <= ${to} ORDER BY position`);
  return rows.map((row) => ({
    position: row.position,
    automationId: row.automationId,
    definition: definitionOf(row),
  }));
}

function definitionOf({ definition, enabled, ...row }: VersionRow): Definition | null {
  if (definition === null || !enabled) return null;
  const { automationId, revision, triggerVersion } = row;
  return { automationId, revision, triggerVersion, automation: definition };
}
