import sql from "sql-template-tag";
import type { StoredAutomation } from "../../core/automation/automation.ts";
import type { Transaction } from "../db.ts";

/** An automation as it is stored. */
export interface AutomationRow extends StoredAutomation {
  id: string;
  revision: number;
  triggerVersion: number;
  createdAt: Date;
  updatedAt: Date;
}

const columns = sql`id, name, description, enabled, tags, trigger, actions, actions_on_trigger, actions_on_resolve, owner_resource,
  revision, trigger_version, created_at, updated_at`;

// Not FOR UPDATE: a firing that is stored refers to its automation, and may be stored by who holds the log, which whoever changes the
// automation waits for.

/** The automation of this id that is not deleted, held until the transaction ends; null where there is none. */
export async function lockAutomation(tx: Transaction, id: string): Promise<AutomationRow | null> {
  const [row] = await tx.query<AutomationRow>(sql`
    SELECT ${columns} FROM automation WHERE id = ${id}::uuid AND deleted_at IS NULL FOR NO KEY UPDATE`);
  return row ?? null;
}

/** The same by its name and owner. */
export async function lockNamedAutomation(
  tx: Transaction,
  name: string,
  owner: string | null,
): Promise<AutomationRow | null> {
  const [row] = await tx.query<AutomationRow>(sql`
    SELECT ${columns} FROM automation
    WHERE name = ${name} AND COALESCE(owner_resource, '') = ${owner ?? ""} AND deleted_at IS NULL FOR NO KEY UPDATE`);
  return row ?? null;
}

/** All automations of an owner, held likewise. */
export async function lockOwnedAutomations(tx: Transaction, owner: string): Promise<AutomationRow[]> {
  return tx.query<AutomationRow>(sql`
    SELECT ${columns} FROM automation WHERE owner_resource = ${owner} AND deleted_at IS NULL ORDER BY id FOR NO KEY UPDATE`);
}

/** What is kept of an automation with each of its versions. */
export function storedAutomation(row: AutomationRow): StoredAutomation {
  const { name, description, enabled, tags, trigger, actions, actionsOnTrigger, actionsOnResolve } = row;
  const lists = { actions, actionsOnTrigger, actionsOnResolve };
  return { name, description, enabled, tags, trigger, ...lists, ownerResource: row.ownerResource };
}
