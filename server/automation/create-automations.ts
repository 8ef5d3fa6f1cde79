import type { StoredAutomation } from "../../core/automation/automation.ts";
import { newAutomation } from "../../core/automation/change.ts";
import { invalid } from "../../core/document/reading.ts";
import { InvalidInputError, type Issue } from "../../core/error.ts";
import type { Context } from "../context.ts";
import { appendVersions } from "./append-versions.ts";
import { checkDefinition } from "./check-definition.ts";
import { nameTaken, takenName } from "./name-taken.ts";
import { readDocument } from "./read-definition.ts";
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
  const definitions = await read(ctx, documents);
  // Always in one order, so that two calls that want the same names do not wait for each other.
  const inOrder = [...definitions].sort(([, a], [, b]) => order(keyOf(a), keyOf(b)));
  const ids = await ctx.db.transaction(async (tx) => {
    const inserted = await collected(inOrder, async (automation) => {
      const one = await insertAutomation(tx, ctx, automation, ctx.newId());
      if (one === null) throw nameTaken(automation.name, automation.ownerResource);
      return one;
    });
    const created = inserted.sort(([a], [b]) => a - b).map(([, one]) => one);
    tx.last(appendVersions(created.map(({ event }) => event)));
    return created.map(({ id }) => id);
  });
  ctx.bus.notify("events");
  return ids;
}

async function read(ctx: Context, documents: readonly unknown[]): Promise<[number, StoredAutomation][]> {
  const all = [...documents.entries()];
  const judged = (isRefused: boolean) =>
    collected(all, async (document) => {
      const definition = await readDocument(ctx, document, { id: null });
      const taken = isRefused ? await takenName(ctx, definition, null) : [];
      if (taken.length > 0) throw invalid([...taken]);
      await checkDefinition(ctx, definition);
      return newAutomation(definition, ctx.newId);
    });
  try {
    return await judged(false);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    // Which names are taken is seen when they are stored; as that does not come, now.
    return await judged(true);
  }
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function keyOf({ name, ownerResource }: StoredAutomation): string {
  return `${ownerResource ?? ""} ${name}`;
}

/** What each comes to, with the number that it had. @throws InvalidInputError with the refusals of all, by their numbers */
async function collected<T, R>(
  all: readonly (readonly [number: number, one: T])[],
  work: (one: T) => Promise<R>,
): Promise<[number: number, result: R][]> {
  const results: [number, R][] = [];
  const issues: Issue[] = [];
  for (const [number, one] of all) {
    try {
      results.push([number, await work(one)]);
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      for (const { path, message } of error.issues)
        issues.push({ path: ["documents", String(number), ...path], message });
    }
  }
  if (issues.length > 0) throw new InvalidInputError(issues);
  return results;
}
