import type { OwnedAutomation } from "../../core/automation/automation.ts";
import { changedAutomation, newAutomation } from "../../core/automation/change.ts";
import type { NewEvent } from "../../core/event/new-event.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import { checkDefinition } from "./check-definition.ts";
import { nameTaken } from "./name-taken.ts";
import { type AutomationRow, lockOwnedAutomations, storedAutomation } from "./row.ts";
import { changeAutomation, insertAutomation, markDeleted } from "./write-version.ts";

export interface Named {
  id: string;
  name: string;
}

/** What became of an owner's automations. */
export interface Reconciled {
  created: Named[];
  updated: Named[];
  unchanged: Named[];
  removed: Named[];
  /** What tells of it, for the transaction's last statement (`appendVersions`); none where nothing changed. */
  events: NewEvent[];
}

/**
 * Makes the automations that a resource owns exactly these, by their names, within the caller's transaction: equal ones stay as they are,
 * others are replaced in place, new ones are created, and the rest is deleted. The caller sees to it that nobody else does so for the
 * same owner at the same time.
 *
 * @throws InvalidInputError
 */
export async function reconcileOwned(
  tx: Transaction,
  ctx: Context,
  owner: string,
  wanted: readonly OwnedAutomation[],
): Promise<Reconciled> {
  const rows = await lockOwnedAutomations(tx, owner);
  const done: Reconciled = { created: [], updated: [], unchanged: [], removed: [], events: [] };
  const names = new Set(wanted.map(({ name }) => name));
  for (const row of rows.filter(({ name }) => !names.has(name))) {
    done.events.push(await markDeleted(tx, ctx, row, storedAutomation(row)));
    done.removed.push({ id: row.id, name: row.name });
  }
  for (const owned of wanted) {
    const row = rows.find(({ name }) => name === owned.name);
    if (row === undefined) await create(tx, ctx, owner, owned, done);
    else await change(tx, ctx, row, owned, done);
  }
  return done;
}

async function create(
  tx: Transaction,
  ctx: Context,
  owner: string,
  owned: OwnedAutomation,
  done: Reconciled,
): Promise<void> {
  const definition = { ...owned, enabled: owned.enabled ?? true, ownerResource: owner };
  await checkDefinition(ctx, definition, tx);
  const inserted = await insertAutomation(tx, ctx, newAutomation(definition, ctx.newId));
  if (inserted === null) throw nameTaken(owned.name, owner);
  done.events.push(inserted.event);
  done.created.push({ id: inserted.id, name: owned.name });
}

async function change(
  tx: Transaction,
  ctx: Context,
  row: AutomationRow,
  owned: OwnedAutomation,
  done: Reconciled,
): Promise<void> {
  // Where nothing is said, what an operator has paused stays so.
  const definition = { ...owned, enabled: owned.enabled ?? row.enabled, ownerResource: row.ownerResource };
  await checkDefinition(ctx, definition, tx);
  const named = { id: row.id, name: row.name };
  const changed = changedAutomation(storedAutomation(row), definition, ctx.newId);
  if (changed === null) {
    done.unchanged.push(named);
    return;
  }
  done.events.push(await changeAutomation(tx, ctx, row, changed));
  done.updated.push(named);
}
