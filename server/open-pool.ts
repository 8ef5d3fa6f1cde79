import pg from "pg";

/** Connections to the database, beside the one of the bus. */
const poolSize = 20;

/**
 * The statements are prepared once a connection, and each looks its rows up by keys, whatever the values: one plan serves
 * them all. Postgres would plan the batched ones anew each time, which takes longer than running them. While a table is still
 * empty, reading all of it seems as good as its index; a plan made then would be kept while the table grows.
 */
const session = "SET plan_cache_mode = force_generic_plan; SET jit = off; SET enable_seqscan = off";

/** Connects when first asked. `report` is told of connections that are lost while nobody uses them. */
export function openPool(databaseUrl: string, report: (what: string, cause: unknown) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: poolSize,
    application_name: "antiphon",
    keepAlive: true,
    onConnect: async (client) => {
      await client.query(session);
    },
  });
  pool.on("error", (error) => report("A connection to the database was lost.", error));
  return pool;
}
