import sql from "sql-template-tag";
import type { Json, JsonObject } from "../../core/json.ts";
import type { Executor } from "../db.ts";

/** All variables by their names, as templates know them: without the secret ones (actions.md 3.3). */
export async function readVariables(db: Executor): Promise<JsonObject> {
  const rows = await db.query<{ name: string; value: Json }>(
    sql`SELECT name, value FROM variable WHERE sealed IS NULL ORDER BY name`,
  );
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}
