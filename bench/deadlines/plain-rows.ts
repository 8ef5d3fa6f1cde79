import { randomUUID } from "node:crypto";
import type pg from "pg";

/** Rows as they are stored, each value as a text, and the statement that stores such rows. */
interface Stored {
  rows: (string | null)[][];
  columns: string[];
  insert: string;
}

/**
 * Writes the firings of an automation a second time under new ids, with their action runs and the events of them, into the same tables,
 * by nothing but batched inserts over one connection, a transaction for each portion.
 *
 * @returns milliseconds
 */
export async function writePlainly(
  database: pg.Pool,
  automationId: string,
  portion: number,
): Promise<number> {
  const client = await database.connect();
  const own = "SELECT id FROM firing WHERE automation_id = $1";
  const told = `event = 'prefect.automation.triggered' AND resource->>'prefect.resource.id' = 'prefect.automation.' || $1::text`;
  const ordered = [
    await read(client, "firing", "automation_id = $1 ORDER BY position", automationId),
    await read(client, "action_run", `firing_id IN (${own}) ORDER BY id`, automationId),
    await read(client, "event", `${told} ORDER BY position`, automationId),
  ];
  renew(ordered);
  const begun = performance.now();
  for (let from = 0; from < (ordered[0]?.rows.length ?? 0); from += portion) {
    await client.query("BEGIN");
    for (const { rows, columns, insert } of ordered) {
      const part = rows.slice(from, from + portion);
      await client.query(
        insert,
        columns.map((_, index) => part.map((row) => row[index] ?? null)),
      );
    }
    await client.query("COMMIT");
  }
  const lasted = performance.now() - begun;
  client.release();
  return lasted;
}

async function read(client: pg.PoolClient, table: string, where: string, id: string): Promise<Stored> {
  const { rows: found } = await client.query<{ name: string; type: string }>(
    `SELECT quote_ident(attname) AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    [table],
  );
  const columns = found.map(({ name }) => name);
  const { rows } = await client.query<(string | null)[]>({
    text: `SELECT ${columns.map((name) => `${name}::text`).join(", ")} FROM ${table} WHERE ${where}`,
    values: [id],
    rowMode: "array",
  });
  const insert = `INSERT INTO ${table} SELECT ${found.map(({ name, type }) => `${name}::${type}`).join(", ")}
    FROM unnest(${columns.map((_, index) => `$${index + 1}::text[]`).join(", ")}) AS r (${columns.join(", ")})`;
  return { rows, columns, insert };
}

/** Gives the rows ids and places that there are not yet. Action runs go with the portions of their firings. */
function renew([firings, runs, events]: readonly Stored[]): void {
  if (firings === undefined || runs === undefined || events === undefined) return;
  const ids = new Map<string | null, string>();
  for (const row of firings.rows) {
    ids.set(row[0] ?? null, randomUUID());
    row[0] = ids.get(row[0] ?? null) ?? null;
  }
  const order = new Map([...ids.values()].map((id, index) => [id, index]));
  const firing = runs.columns.indexOf("firing_id");
  for (const row of runs.rows) {
    row[0] = randomUUID();
    row[firing] = ids.get(row[firing] ?? null) ?? null;
  }
  const place = (row: (string | null)[]) => order.get(row[firing] ?? "") ?? 0;
  runs.rows.sort((a, b) => place(a) - place(b));
  const id = events.columns.indexOf("id");
  for (const row of events.rows) row[id] = randomUUID();
  for (const { rows, columns } of [firings, events]) {
    const position = columns.indexOf('"position"');
    for (const row of rows) row[position] = String(Number(row[position]) + 1_000_000_000);
  }
}
