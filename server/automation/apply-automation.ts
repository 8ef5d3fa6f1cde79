import type { AutomationDefinition } from "../../core/automation/automation.ts";
import { changedAutomation, newAutomation } from "../../core/automation/change.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import { appendVersions } from "./append-versions.ts";
import { checkDefinition } from "./check-definition.ts";
import { lockNamedAutomation, storedAutomation } from "./row.ts";
import { changeAutomation, insertAutomation } from "./write-version.ts";

export interface Applied {
  id: string;
  outcome: "created" | "updated" | "unchanged";
}

/**
 * Creates an automation, or replaces the one of the same name and owner; an equal one stays as it is. Of several that apply a new name at
 * once, one creates it.
 *
 * @throws InvalidInputError
 */
export async function applyAutomation(ctx: Context, definition: AutomationDefinition): Promise<Applied> {
  await checkDefinition(ctx, definition);
  const applied = await ctx.db.transaction((tx) => apply(ctx, tx, definition));
  if (applied.outcome !== "unchanged") ctx.bus.notify("events");
  return applied;
}

async function apply(ctx: Context, tx: Transaction, definition: AutomationDefinition): Promise<Applied> {
  // Whoever inserts the name meanwhile is found at the next look; whoever deletes it then, at the one after.
  for (;;) {
    const row = await lockNamedAutomation(tx, definition.name, definition.ownerResource ?? null);
    if (row !== null) {
      const change = changedAutomation(storedAutomation(row), definition, ctx.newId);
      if (change === null) return { id: row.id, outcome: "unchanged" };
      tx.last(appendVersions([await changeAutomation(tx, ctx, row, change)]));
      return { id: row.id, outcome: "updated" };
    }
    const inserted = await insertAutomation(tx, ctx, newAutomation(definition, ctx.newId));
    if (inserted === null) continue;
    tx.last(appendVersions([inserted.event]));
    return { id: inserted.id, outcome: "created" };
  }
}
