import sql from "sql-template-tag";
import { mask } from "../../core/block/secret-places.ts";
import { InvalidInputError, NotFoundError } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { appendEvents } from "../event/append-events.ts";
import { checkFinished, type FinishedInputs, finishInputs } from "../run-input/finish-inputs.ts";
import { checkBlock, checkNaming, type Naming } from "./check-block.ts";
import { checkKeeping } from "./check-keeping.ts";
import { openSecrets } from "./sealed-secrets.ts";
import { storeBlock } from "./store-block.ts";

/** What the data of a block may have in any case, as JSON: documents grow with what a run has seen. */
const documentBytes = 1024 ** 2;

export interface SaveBlockArgs {
  type: string;
  /** Null for an anonymous one: it is a new one, and goes by its id. */
  name?: string | null | undefined;
  /** Secrets that are left out, or given as `********`, are those that are there. */
  data?: unknown;
  overwrite?: boolean | null | undefined;
  /** Replaces only the block that was saved so often; of 0, there must be none. Says `overwrite` as well. */
  ifRevision?: number | null | undefined;
  /** Seconds that a `json` block lives after this save and each later one; null: for good. Left out, it stays as it is. */
  ttl?: number | null | undefined;
  /** The run that a `json` block is deleted with; null: none. Left out, it stays as it is. */
  ownerRunId?: string | null | undefined;
  /** The inputs that this document is the outcome of: they are finished with where it is stored, and only there. */
  finished?: FinishedInputs | null | undefined;
}

/**
 * Stores a block under its type and name, in one transaction with what it finishes: both, or nothing.
 *
 * @returns its id
 * @throws AlreadyExistsError where it is there and `overwrite` was not said, or in another revision
 * @throws InvalidInputError
 * @throws NotFoundError where it is to be replaced in a revision, and is not there
 * @throws NotFoundError of the run that is to own it
 * @throws NotFoundError, StaleExecutionError of the run whose inputs are finished with
 */
export async function saveBlock(ctx: Context, args: SaveBlockArgs): Promise<string> {
  const { name = null, overwrite, ifRevision = null, ttl, ownerRunId, finished } = args;
  checkKeeping(args);
  const id = ctx.newId();
  const how = { id, anonymous: name === null, overwrite: overwrite ?? false, ifRevision, ttl, ownerRunId };
  const naming = checkNaming(
    { ...args, name: name ?? id },
    Math.max(ctx.settings.maxValueBytes, documentBytes),
  );
  // Without secrets there is nothing to keep.
  const plain = naming.hasSecrets ? null : checkBlock(ctx, naming, null);
  if (plain !== null && finished == null && ownerRunId == null) return storeBlock(ctx.db, plain, how);
  if (finished != null) checkFinished(finished, ["finished"]);
  const saved = await ctx.db.transaction(async (tx) => {
    if (ownerRunId != null) await holdRun(tx, ownerRunId);
    const block = plain ?? checkBlock(ctx, naming, await keptSecrets(tx, ctx, naming));
    const events = finished == null ? [] : await finishInputs(tx, ctx, finished, ["finished"]);
    if (events.length > 0) tx.last(appendEvents(events));
    return storeBlock(tx, block, how);
  });
  if (finished != null) ctx.bus.notify("events");
  return saved;
}

/** Holds the run that is to own a block before the block, as its deletion does. */
async function holdRun(tx: Executor, id: string): Promise<void> {
  const found = isId(id)
    ? await tx.query(sql`SELECT FROM flow_run WHERE id = ${id}::uuid FOR KEY SHARE`)
    : [];
  if (found.length === 0) throw new NotFoundError("flow run", id);
}

/** The secrets of the block that is there, which no other change takes from under it; null where there is none. */
async function keptSecrets(tx: Executor, ctx: Context, naming: Naming) {
  const { type, name, data, places } = naming;
  const [there] = await tx.query<{ secrets: string | null }>(
    sql`SELECT secrets FROM block WHERE type = ${type.slug} AND name = ${name} FOR UPDATE`,
  );
  if (there === undefined) return null;
  try {
    return openSecrets(ctx, type.slug, name, there.secrets);
  } catch (error) {
    const given = [...places.fields, ...places.objects].every(
      (field) => data[field] !== undefined && data[field] !== mask,
    );
    // What cannot be read any more can be replaced.
    if (given) return {};
    throw InvalidInputError.at(["data"], error instanceof Error ? error.message : String(error));
  }
}
