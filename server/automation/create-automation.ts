import type { AutomationDefinition } from "../../core/automation/automation.ts";
import { newAutomation } from "../../core/automation/change.ts";
import type { Context } from "../context.ts";
import { appendVersions } from "./append-versions.ts";
import { checkDefinition } from "./check-definition.ts";
import { nameTaken } from "./name-taken.ts";
import { insertAutomation } from "./write-version.ts";

/**
 * Stores a new automation. It judges the events behind the one that tells of it.
 *
 * @returns its id
 * @throws InvalidInputError
 */
export async function createAutomation(ctx: Context, definition: AutomationDefinition): Promise<string> {
  checkDefinition(ctx.settings, definition);
  const automation = newAutomation(definition, ctx.newId);
  const id = await ctx.db.transaction(async (tx) => {
    const inserted = await insertAutomation(tx, ctx, automation);
    if (inserted === null) throw nameTaken(automation.name, automation.ownerResource);
    tx.last(appendVersions([inserted.event]));
    return inserted.id;
  });
  ctx.bus.notify("events");
  return id;
}
