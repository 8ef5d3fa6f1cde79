import sql, { type Sql } from "sql-template-tag";
import { AlreadyExistsError, NotFoundError } from "../../core/error.ts";
import type { Executor } from "../db.ts";
import type { CheckedBlock } from "./check-block.ts";
import { living } from "./living.ts";

/** Which block a save replaces, and how long what it stores is kept. */
export interface HowToStore {
  /** Of a new one. */
  readonly id: string;
  readonly anonymous: boolean;
  /** Replaces the one of that name; else it must be free. */
  readonly overwrite: boolean;
  /** Replaces only the one at this revision; of 0, there must be none. */
  readonly ifRevision: number | null;
  /** Undefined: as it is, and nothing of the kind for a new one. */
  readonly ttl: number | null | undefined;
  readonly ownerRunId: string | null | undefined;
}

/**
 * One statement, so that of two who store under a free name, or replace the same revision, one does.
 *
 * @returns its id
 * @throws AlreadyExistsError, NotFoundError
 */
export async function storeBlock(db: Executor, block: CheckedBlock, how: HowToStore): Promise<string> {
  const { overwrite, ifRevision } = how;
  if (ifRevision !== null && ifRevision > 0) return replaceBlock(db, block, how, ifRevision);
  const { type, name, shown, sealed } = block;
  // By one moment for all columns. Whoever saves what has expired makes a new block, of which nothing stays but how often it was saved.
  const expired = sql`block.expires_at <= excluded.created_at`;
  const [saved] = await db.query<{ id: string }>(sql`
    INSERT INTO block (id, type, name, data, secrets, anonymous, ttl, expires_at, owner_run_id, created_at, updated_at)
    SELECT ${how.id}::uuid, ${type}, ${name}, ${JSON.stringify(shown)}::json, ${sealed}, ${how.anonymous}::boolean,
      ${how.ttl ?? null}::int, ${expiry(sql`${how.ttl ?? null}::int`)}, ${how.ownerRunId ?? null}::uuid, moment, moment
    FROM clock_timestamp() AS moment
    ON CONFLICT (type, name) DO UPDATE SET
      id = CASE WHEN ${expired} THEN excluded.id ELSE block.id END,
      created_at = CASE WHEN ${expired} THEN excluded.created_at ELSE block.created_at END,
      ${changed(block, how, {
        ttl: sql`CASE WHEN ${expired} THEN NULL ELSE block.ttl END`,
        ownerRunId: sql`CASE WHEN ${expired} THEN NULL ELSE block.owner_run_id END`,
      })}
    WHERE ${overwrite && ifRevision === null}::boolean OR ${expired}
    RETURNING id`);
  if (saved !== undefined) return saved.id;
  const advice =
    ifRevision === null ? "save it with overwrite to replace it" : "ifRevision 0 says that there is none";
  throw new AlreadyExistsError(`there is a block ${JSON.stringify(name)} of type ${type} already; ${advice}`);
}

async function replaceBlock(
  db: Executor,
  block: CheckedBlock,
  how: HowToStore,
  revision: number,
): Promise<string> {
  const { type, name } = block;
  const [saved] = await db.query<{ id: string }>(sql`
    UPDATE block SET ${changed(block, how, { ttl: sql`block.ttl`, ownerRunId: sql`block.owner_run_id` })}
    WHERE type = ${type} AND name = ${name} AND revision = ${revision} AND ${living} RETURNING id`);
  if (saved !== undefined) return saved.id;
  const [there] = await db.query<{ revision: number }>(
    sql`SELECT revision FROM block WHERE type = ${type} AND name = ${name} AND ${living}`,
  );
  if (there === undefined) throw new NotFoundError(`${type} block`, name);
  throw new AlreadyExistsError(
    `the block ${JSON.stringify(name)} of type ${type} is at revision ${there.revision}, not ${revision}: it was saved since you read it; read it again`,
  );
}

/** What a save makes of a block that is there. @param kept what stays where the save does not say it */
function changed(
  { shown, sealed }: CheckedBlock,
  how: HowToStore,
  kept: Record<"ttl" | "ownerRunId", Sql>,
): Sql {
  const ttl = how.ttl === undefined ? kept.ttl : sql`${how.ttl}::int`;
  const owner = how.ownerRunId === undefined ? kept.ownerRunId : sql`${how.ownerRunId}::uuid`;
  return sql`data = ${JSON.stringify(shown)}::json, secrets = ${sealed}, revision = block.revision + 1,
    ttl = ${ttl}, expires_at = ${expiry(ttl)}, owner_run_id = ${owner}, updated_at = clock_timestamp()`;
}

function expiry(ttl: Sql): Sql {
  return sql`clock_timestamp() + (${ttl}) * interval '1 second'`;
}
