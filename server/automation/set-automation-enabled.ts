import { automationDocument } from "../../core/automation/document.ts";
import { parseAutomationDocument } from "../../core/automation/parse.ts";
import { NotFoundError } from "../../core/error.ts";
import type { NewEvent } from "../../core/event/new-event.ts";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import { appendVersions } from "./append-versions.ts";
import { triggerLimits } from "./check-definition.ts";
import { lockAutomation, storedAutomation } from "./row.ts";
import { type Because, changeAutomation, type Maker } from "./write-version.ts";

/**
 * Lets an automation watch, from now on as if just created, or no longer watch. Enabling checks it whole and leaves it disabled where
 * something is wrong.
 *
 * @returns its id
 * @throws InvalidInputError
 * @throws NotFoundError
 */
export async function setAutomationEnabled(ctx: Context, id: string, enabled: boolean): Promise<string> {
  const changed = await ctx.db.transaction(async (tx) => {
    const { event } = await changeEnabled(tx, ctx, id, enabled);
    if (event !== null) tx.last(appendVersions([event]));
    return event !== null;
  });
  if (changed) ctx.bus.notify("events");
  return id.toLowerCase();
}

/**
 * The same within the caller's transaction.
 *
 * @returns its name, and the event that tells of the change, for the transaction's last statement (`appendVersions`); null where it was
 * so already
 * @throws InvalidInputError
 * @throws NotFoundError
 */
export async function changeEnabled(
  tx: Transaction,
  ctx: Context,
  id: string,
  enabled: boolean,
  because: Because = {},
): Promise<{ name: string; event: NewEvent | null }> {
  const row = isId(id) ? await lockAutomation(tx, id) : null;
  if (row === null) throw new NotFoundError("automation", id);
  const { name } = row;
  if (row.enabled === enabled) return { name, event: null };
  const automation = { ...storedAutomation(row), enabled };
  if (enabled) parseAutomationDocument(automationDocument(automation), triggerLimits(ctx.settings));
  const change = { automation, startsAfresh: enabled };
  return { name, event: await changeAutomation(tx, ctx, row, change, because) };
}

/**
 * Pauses an automation within the caller's transaction, for a reason of the server's own. It waits for the automation's row.
 *
 * @returns the event that tells of it, for the transaction's last statement (`appendVersions`); null where it is gone or paused already
 */
export async function pauseAutomation(
  tx: Transaction,
  maker: Maker,
  id: string,
  because: Because,
): Promise<NewEvent | null> {
  const row = await lockAutomation(tx, id);
  if (row === null || !row.enabled) return null;
  const automation = { ...storedAutomation(row), enabled: false };
  return changeAutomation(tx, maker, row, { automation, startsAfresh: false }, because);
}
