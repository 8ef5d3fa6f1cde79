import pg from "pg";

/** This process's part in a Postgres that several of our servers may use. */
export interface Membership {
  /** Gives the part up. True if nobody else has one, so that the Postgres may be ended. */
  leave(): Promise<boolean>;
}

/** The advisory lock (in the database `postgres`) that each user of the Postgres holds shared. */
const lock = 0x616e7469; // "anti"

/**
 * Says by a shared lock that this process uses the Postgres, and makes its database `antiphon` if it is new.
 *
 * @param url of the database `postgres`
 * @returns null if the server is about to end: look again
 * @throws on a wrong password or a similar refusal
 */
export async function takeMembership(url: string): Promise<Membership | null> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "antiphon membership",
    keepAlive: true,
  });
  client.on("error", () => undefined); // the server ended; the pools of the server tell of it
  try {
    await client.connect();
    const { rows } = await client.query<{ taken: boolean }>(
      "SELECT pg_try_advisory_lock_shared($1) AS taken",
      [lock],
    );
    if (rows[0]?.taken === true) {
      await createDatabase(client);
      return { leave: () => leave(client) };
    }
  } catch (error) {
    await client.end().catch(() => undefined);
    if (isRefusal(error)) throw error;
    return null;
  }
  await client.end().catch(() => undefined);
  return null;
}

async function leave(client: pg.Client): Promise<boolean> {
  try {
    // The exclusive lock is kept until Postgres is gone: whoever comes now waits for that and starts afresh.
    const { rows } = await client.query<{ alone: boolean }>(
      "SELECT pg_advisory_unlock_shared($1), pg_try_advisory_lock($1) AS alone",
      [lock],
    );
    if (rows[0]?.alone === true) return true;
  } catch {
    return false; // the connection is gone, so is the server or somebody ended it
  }
  await client.end().catch(() => undefined);
  return false;
}

async function createDatabase(client: pg.Client): Promise<void> {
  const known = await client.query("SELECT FROM pg_database WHERE datname = 'antiphon'");
  if (known.rowCount !== 0) return;
  await client.query("CREATE DATABASE antiphon").catch((error: unknown) => {
    // Two that create it at once: one of them gets either of these codes.
    const code = error instanceof pg.DatabaseError ? error.code : undefined;
    if (code !== "42P04" && code !== "23505") throw error;
  });
}

/** A lasting refusal (password, rights), unlike a server that is starting, stopping or gone. */
function isRefusal(error: unknown): boolean {
  const code = error instanceof pg.DatabaseError ? (error.code ?? "") : "";
  return code.startsWith("28") || code.startsWith("42");
}
