import sql from "sql-template-tag";
import { mask } from "../../core/block/secret-places.ts";
import { AlreadyExistsError, InvalidInputError, NotFoundError } from "../../core/error.ts";
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
  /** Replaces only the block that was saved so often; of 0, there must be none. Says `overwrite` as well. */
  ifRevision?: number | null | undefined;
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
 * @throws NotFoundError, StaleExecutionError of the run whose inputs are finished with
 */
export async function saveBlock(ctx: Context, args: SaveBlockArgs): Promise<string> {
  const { finished, ifRevision } = args;
  if (ifRevision != null && ifRevision < 0)
    throw InvalidInputError.at(["ifRevision"], `must be 0 (none is there) or more, not ${ifRevision}`);
  const naming = checkNaming(args, ctx.settings.maxValueBytes);
  // Without secrets there is nothing to keep.
  const plain = naming.hasSecrets ? null : checkBlock(ctx, naming, null);
  if (plain !== null && finished == null) return storeBlock(ctx.db, ctx, plain, args);
  if (finished != null) checkFinished(finished, ["finished"]);
  const saved = await ctx.db.transaction(async (tx) => {
    const block = plain ?? checkBlock(ctx, naming, await keptSecrets(tx, ctx, naming));
    const events = finished == null ? [] : await finishInputs(tx, ctx, finished, ["finished"]);
    if (events.length > 0) tx.last(appendEvents(events));
    return storeBlock(tx, ctx, block, args);
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

type HowToStore = Pick<SaveBlockArgs, "overwrite" | "ifRevision">;

async function storeBlock(
  db: Executor,
  ctx: Context,
  block: CheckedBlock,
  { overwrite, ifRevision }: HowToStore,
): Promise<string> {
  if (ifRevision != null && ifRevision > 0) return replaceBlock(db, block, ifRevision);
  const { type, name, shown, sealed } = block;
  const conflict =
    overwrite && ifRevision == null
      ? sql`DO UPDATE SET data = excluded.data, secrets = excluded.secrets, revision = block.revision + 1,
          updated_at = clock_timestamp()`
      : sql`DO NOTHING`;
  const [saved] = await db.query<{ id: string }>(sql`
    INSERT INTO block (id, type, name, data, secrets)
    VALUES (${ctx.newId()}::uuid, ${type}, ${name}, ${JSON.stringify(shown)}::json, ${sealed})
    ON CONFLICT (type, name) ${conflict} RETURNING id`);
  if (saved !== undefined) return saved.id;
  const advice =
    ifRevision == null ? "save it with overwrite to replace it" : "ifRevision 0 says that there is none";
  throw new AlreadyExistsError(`there is a block ${JSON.stringify(name)} of type ${type} already; ${advice}`);
}

/** One statement, so that of two who replace the same revision one does. */
async function replaceBlock(
  db: Executor,
  { type, name, shown, sealed }: CheckedBlock,
  revision: number,
): Promise<string> {
  const [saved] = await db.query<{ id: string }>(sql`
    UPDATE block SET data = ${JSON.stringify(shown)}::json, secrets = ${sealed}, revision = revision + 1,
      updated_at = clock_timestamp()
    WHERE type = ${type} AND name = ${name} AND revision = ${revision} RETURNING id`);
  if (saved !== undefined) return saved.id;
  const [there] = await db.query<{ revision: number }>(
    sql`SELECT revision FROM block WHERE type = ${type} AND name = ${name}`,
  );
  if (there === undefined) throw new NotFoundError(`${type} block`, name);
  throw new AlreadyExistsError(
    `the block ${JSON.stringify(name)} of type ${type} is at revision ${there.revision}, not ${revision}: it was saved since you read it; read it again`,
  );
}
