import sql, { type Sql } from "sql-template-tag";
import type { StoredAutomation } from "../../core/automation/automation.ts";
import { type AutomationNews, automationEvent } from "../../core/automation/automation-event.ts";
import { relatedResources } from "../../core/automation/related-resources.ts";
import type { NewEvent } from "../../core/event/new-event.ts";
import type { Transaction } from "../db.ts";
import type { AutomationRow } from "./row.ts";

/** Makes ids and says what time it is. */
export interface Maker {
  now(): Date;
  newId(): string;
}

/** Why an automation is changed, where nobody asked for it. */
export type Because = Pick<AutomationNews, "reason" | "chain">;

/**
 * Stores a new automation with its first version.
 *
 * @returns its id and the event that tells of it, for the transaction's last statement; null where its owner has one of that name
 */
export async function insertAutomation(
  tx: Transaction,
  maker: Maker,
  automation: StoredAutomation,
  id = maker.newId(),
): Promise<{ id: string; event: NewEvent } | null> {
  const at = maker.now();
  const event = automationEvent({
    kind: "created",
    eventId: maker.newId(),
    at,
    id,
    createdAt: at,
    automation,
  });
  const inserted = await tx.query(sql`
    WITH inserted AS (
      INSERT INTO automation (id, name, description, enabled, tags, trigger, actions, actions_on_trigger, actions_on_resolve,
        related_resources, owner_resource, revision, trigger_version, created_at, updated_at)
      VALUES (${id}::uuid, ${automation.name}, ${automation.description}, ${automation.enabled}, ${automation.tags}::text[],
        ${json(automation.trigger)}, ${json(automation.actions)}, ${json(automation.actionsOnTrigger)},
        ${json(automation.actionsOnResolve)}, ${relatedResources(automation)}::text[], ${automation.ownerResource}, 1, 1,
        ${at}::timestamptz, ${at}::timestamptz)
      ON CONFLICT (name, COALESCE(owner_resource, '')) WHERE deleted_at IS NULL DO NOTHING
      RETURNING id, revision, trigger_version
    )
    ${versionOf(sql`inserted`, event, automation)}`);
  return inserted.length === 0 ? null : { id, event };
}

/**
 * Stores what becomes of a locked automation as its next version. A name that is taken is a unique violation.
 *
 * @returns the event that tells of it, for the transaction's last statement
 */
export async function changeAutomation(
  tx: Transaction,
  maker: Maker,
  row: AutomationRow,
  change: { automation: StoredAutomation; startsAfresh: boolean },
  because: Because = {},
): Promise<NewEvent> {
  const { automation } = change;
  const at = maker.now();
  // An action that was disabled has another try.
  await tx.query(sql`DELETE FROM action_failure WHERE automation_id = ${row.id}::uuid`);
  const event = automationEvent({
    kind: "updated",
    eventId: maker.newId(),
    at,
    id: row.id,
    createdAt: row.createdAt,
    automation,
    ...because,
  });
  await tx.query(sql`
    WITH changed AS (
      UPDATE automation SET name = ${automation.name}, description = ${automation.description},
        enabled = ${automation.enabled}, tags = ${automation.tags}::text[], trigger = ${json(automation.trigger)},
        actions = ${json(automation.actions)}, actions_on_trigger = ${json(automation.actionsOnTrigger)},
        actions_on_resolve = ${json(automation.actionsOnResolve)}, related_resources = ${relatedResources(automation)}::text[],
        revision = revision + 1, trigger_version = trigger_version + ${change.startsAfresh ? 1 : 0},
        updated_at = GREATEST(${at}::timestamptz, updated_at)
      WHERE id = ${row.id}::uuid RETURNING id, revision, trigger_version
    )
    ${versionOf(sql`changed`, event, automation)}`);
  return event;
}

/**
 * Marks a locked automation as deleted. Its row stays for its firings.
 *
 * @returns the event that tells of it, for the transaction's last statement
 */
export async function markDeleted(
  tx: Transaction,
  maker: Maker,
  row: AutomationRow,
  automation: StoredAutomation,
): Promise<NewEvent> {
  const at = maker.now();
  const event = automationEvent({
    kind: "deleted",
    eventId: maker.newId(),
    at,
    id: row.id,
    createdAt: row.createdAt,
    automation,
  });
  await tx.query(sql`
    WITH deleted AS (
      UPDATE automation SET deleted_at = ${at}::timestamptz, revision = revision + 1
      WHERE id = ${row.id}::uuid RETURNING id, revision, trigger_version
    )
    ${versionOf(sql`deleted`, event, null)}`);
  return event;
}

/** What an automation is from this event on; null where it is no longer. */
function versionOf(written: Sql, event: NewEvent, automation: StoredAutomation | null): Sql {
  return sql`
    INSERT INTO automation_version (automation_id, revision, event_id, definition, enabled, trigger_version)
    SELECT id, revision, ${event.id}::uuid, ${automation === null ? null : JSON.stringify(automation)}::json,
      ${automation?.enabled ?? false}, trigger_version FROM ${written} RETURNING revision`;
}

function json(value: unknown): Sql {
  return sql`${JSON.stringify(value)}::json`;
}
