import sql from "sql-template-tag";
import type { Executor } from "../db.ts";
import type { Block } from "../generated/prisma/client.ts";
import { living } from "./living.ts";

/** The block of a type and a name; null where there is none. */
export async function readBlock(db: Executor, type: string, name: string): Promise<Block | null> {
  if (`${type}${name}`.includes("\0")) return null;
  const [block] = await db.query<Block>(
    sql`SELECT * FROM block WHERE type = ${type} AND name = ${name} AND ${living}`,
  );
  return block ?? null;
}

/**
 * All blocks that have a name, or those of one type, by type and name.
 *
 * @param whole also their data and secrets, which are null else: documents may be many and large
 */
export async function readBlocks(db: Executor, type: string | null, whole: boolean): Promise<Block[]> {
  if (type?.includes("\0")) return [];
  return db.query<Block>(sql`
    SELECT id, type, name, revision, ttl, expires_at, owner_run_id, anonymous, created_at, updated_at,
      CASE WHEN ${whole}::boolean THEN data END AS data, CASE WHEN ${whole}::boolean THEN secrets END AS secrets
    FROM block WHERE (${type}::text IS NULL OR type = ${type}) AND NOT anonymous AND ${living}
    ORDER BY type, name`);
}
