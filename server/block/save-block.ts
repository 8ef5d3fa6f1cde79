import sql from "sql-template-tag";
import { mask } from "../../core/block/secret-places.ts";
import { AlreadyExistsError, InvalidInputError } from "../../core/error.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { appendEvents } from "../event/append-events.ts";
import { checkFinished, type FinishedInputs, finishInputs } from "../run-input/finish-inputs.ts";
import { type CheckedBlock, checkBlock, checkNaming, type Naming } from "./check-block.ts";
import { openSecrets } from "./sealed-secrets.ts";

export interface SaveBlockArgs {
  type: string;
  name: string;
  /** Secrets that are left out, or given as `********`, are those that are there. */
  data?: unknown;
  overwrite?: boolean | null | undefined;
  /** The inputs that this document is the outcome of: they are finished with where it is stored, and only there. */
  finished?: FinishedInputs | null | undefined;
}

/**
 * Stores a block under its type and name, in one transaction with what it finishes: both, or nothing.
 *
 * @returns its id
 * @throws AlreadyExistsError where it is there and `overwrite` was not said
 * @throws InvalidInputError
 * @throws NotFoundError, StaleExecutionError of the run whose inputs are finished with
 */
export async function saveBlock(ctx: Context, args: SaveBlockArgs): Promise<string> {
  const { finished } = args;
  const naming = checkNaming(args, ctx.settings.maxValueBytes);
  // Without secrets there is nothing to keep.
  const plain = naming.hasSecrets ? null : checkBlock(ctx, naming, null);
  if (plain !== null && finished == null) return storeBlock(ctx.db, ctx, plain, args.overwrite);
  if (finished != null) checkFinished(finished, ["finished"]);
  const saved = await ctx.db.transaction(async (tx) => {
    const block = plain ?? checkBlock(ctx, naming, await keptSecrets(tx, ctx, naming));
    const events = finished == null ? [] : await finishInputs(tx, ctx, finished, ["finished"]);
    if (events.length > 0) tx.last(appendEvents(events));
    return storeBlock(tx, ctx, block, args.overwrite);
  });
  if (finished != null) ctx.bus.notify("events");
  return saved;
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

async function storeBlock(
  db: Executor,
  ctx: Context,
  { type, name, shown, sealed }: CheckedBlock,
  overwrite: boolean | null | undefined,
): Promise<string> {
  const conflict = overwrite
    ? sql`DO UPDATE SET data = excluded.data, secrets = excluded.secrets, updated_at = clock_timestamp()`
    : sql`DO NOTHING`;
  const [saved] = await db.query<{ id: string }>(sql`
    INSERT INTO block (id, type, name, data, secrets)
    VALUES (${ctx.newId()}::uuid, ${type}, ${name}, ${JSON.stringify(shown)}::json, ${sealed})
    ON CONFLICT (type, name) ${conflict} RETURNING id`);
  if (saved !== undefined) return saved.id;
  throw new AlreadyExistsError(
    `there is a block ${JSON.stringify(name)} of type ${type} already; save it with overwrite to replace it`,
  );
}
