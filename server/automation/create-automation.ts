import sql from "sql-template-tag";
import type { AutomationDefinition } from "../../core/automation/automation.ts";
import { newAutomation } from "../../core/automation/change.ts";
import { InvalidInputError } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { appendVersions } from "./append-versions.ts";
import { checkDefinition } from "./check-definition.ts";
import { nameTaken } from "./name-taken.ts";
import { insertAutomation } from "./write-version.ts";

/**
 * Stores a new automation. It judges the events behind the one that tells of it.
 *
 * @param given its id where the caller chooses it: a call that comes again finds what the first has made; that of a deleted one is refused
 * @returns its id
 * @throws InvalidInputError
 */
export async function createAutomation(
  ctx: Context,
  definition: AutomationDefinition,
  given: string | null = null,
): Promise<string> {
  if (given !== null && !isId(given))
    throw InvalidInputError.at(["id"], `${JSON.stringify(given)} is no UUID`);
  await checkDefinition(ctx, definition);
  const automation = newAutomation(definition, ctx.newId);
  const id = given ?? ctx.newId();
  const isNew = await ctx.db.transaction(async (tx) => {
    if (given !== null && (await isMade(tx, given))) return false;
    const inserted = await insertAutomation(tx, ctx, automation, id);
    if (inserted !== null) tx.last(appendVersions([inserted.event]));
    // The same call may have been under way: its row is seen now that this one has waited for it.
    else if (given === null || !(await isMade(tx, given)))
      throw nameTaken(automation.name, automation.ownerResource);
    return inserted !== null;
  });
  if (isNew) ctx.bus.notify("events");
  return id;
}

/** Whether an automation has this id. @throws InvalidInputError where one had it that is deleted: ids are not given twice */
async function isMade(db: Executor, id: string): Promise<boolean> {
  const [row] = await db.query<{ deletedAt: Date | null }>(
    sql`SELECT deleted_at FROM automation WHERE id = ${id}::uuid`,
  );
  if (row === undefined || row.deletedAt === null) return row !== undefined;
  throw InvalidInputError.at(["id"], `${id} was that of an automation which is deleted; choose another one`);
}
