import { newAutomation } from "../../core/automation/change.ts";
import { parseAutomationDocument } from "../../core/automation/parse.ts";
import { InvalidInputError, type Issue } from "../../core/error.ts";
import type { NewEvent } from "../../core/event/new-event.ts";
import type { Context } from "../context.ts";
import { appendVersions } from "./append-versions.ts";
import { checkDefinition, triggerLimits } from "./check-definition.ts";
import { nameTaken } from "./name-taken.ts";
import { insertAutomation } from "./write-version.ts";

/** How many are created at once. */
const most = 500;

/**
 * Stores new automations in one transaction: all of them, or none where one is refused. They judge the events behind those
 * that tell of them.
 *
 * @returns their ids, in the order of the documents
 * @throws InvalidInputError with the problems of all; each path begins with `documents` and the document's index
 */
export async function createAutomations(ctx: Context, documents: readonly unknown[]): Promise<string[]> {
  if (documents.length > most)
    throw InvalidInputError.at(["documents"], `has ${documents.length} documents; at most ${most} are taken`);
  if (documents.length === 0) return [];
  const definitions = await collected(documents, async (document) => {
    const definition = parseAutomationDocument(document, triggerLimits(ctx.settings));
    await checkDefinition(ctx, definition);
    return newAutomation(definition, ctx.newId);
  });
  const ids = await ctx.db.transaction(async (tx) => {
    const inserted = await collected(definitions, async (automation) => {
      const one = await insertAutomation(tx, ctx, automation, ctx.newId());
      if (one === null) throw nameTaken(automation.name, automation.ownerResource);
      return one;
    });
    const events: NewEvent[] = inserted.map(({ event }) => event);
    tx.last(appendVersions(events));
    return inserted.map(({ id }) => id);
  });
  ctx.bus.notify("events");
  return ids;
}

/** What one after the other comes to. @throws InvalidInputError with the refusals of all */
async function collected<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const issues: Issue[] = [];
  for (const [at, one] of all.entries()) {
    try {
      results.push(await work(one));
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      for (const { path, message } of error.issues)
        issues.push({ path: ["documents", String(at), ...path], message });
    }
  }
  if (issues.length > 0) throw new InvalidInputError(issues);
  return results;
}
