import pg from "pg";

const oldestVersion = 15;

/**
 * Connects once to see that the database can be used.
 *
 * @throws Error that names the database, without its password, says why not and what to do
 */
export async function assertUsable(url: string): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "antiphon",
    connectionTimeoutMillis: 30_000,
  });
  client.on("error", () => undefined); // what is under way rejects with it
  let version: number;
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>(
      "SELECT current_setting('server_version_num') AS version",
    );
    version = Math.floor(Number(rows[0]?.version) / 10_000);
  } catch (error) {
    throw new Error(
      `The database ${shown(url)} cannot be reached: ${reason(error)}. Start it, or correct DATABASE_URL; without DATABASE_URL the embedded Postgres is used.`,
      { cause: error },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
  if (version >= oldestVersion) return;
  throw new Error(
    `The database ${shown(url)} is Postgres ${version}, and ${oldestVersion} or later is needed: point DATABASE_URL to such a one, or leave it out for the embedded Postgres.`,
  );
}

/** A connection's address without the password, which the URL and its parameters may hold. */
function shown(url: string): string {
  const { username, host, pathname } = new URL(url);
  return `${username === "" ? "" : `${username}@`}${host}${pathname}`;
}

/** Of a name with several addresses each is tried: what all say together has no text of its own. */
function reason(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.map(reason).join(", ");
  return error instanceof Error ? error.message : String(error);
}
