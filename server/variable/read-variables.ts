import sql from "sql-template-tag";
import type { Json, JsonObject } from "../../core/json.ts";
import type { Executor } from "../db.ts";

/** All variables by their names. */
export async function readVariables(db: Executor): Promise<JsonObject> {
  const rows = await db.query<{ name: string; value: Json }>(
    sql`SELECT name, value FROM variable ORDER BY name`,
  );
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}
