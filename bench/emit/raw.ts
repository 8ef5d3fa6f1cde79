import pg from "pg";
import { v7 } from "uuid";
import type { BenchEvent } from "./event.ts";

/** The same rows, written by nothing but batched inserts: no order of the log, no look at ids. */
export class RawInsert {
  readonly #pool: pg.Pool;
  #position = 0;

  constructor(databaseUrl: string, connections: number) {
    this.#pool = new pg.Pool({ connectionString: databaseUrl, max: connections });
    this.#pool.on("error", ({ message }) =>
      console.error(`A connection to the database was lost: ${message}`),
    );
  }

  /** A copy of the table of events with its partitions and indexes. */
  async prepare(): Promise<void> {
    await this.#pool.query("CREATE TABLE raw_event (LIKE event INCLUDING ALL) PARTITION BY RANGE (day)");
    for (let day = 0; day < 3; day++)
      await this.#pool.query(
        `DO $$ BEGIN EXECUTE format('CREATE TABLE raw_event_${day} PARTITION OF raw_event FOR VALUES FROM (%L) TO (%L)',
          current_date + ${day}, current_date + ${day + 1}); END $$`,
      );
  }

  async insert(events: readonly BenchEvent[]): Promise<void> {
    const now = new Date();
    const first = this.#position + 1;
    this.#position += events.length;
    await this.#pool.query({
      name: "insert",
      text: `INSERT INTO raw_event (day, id, position, occurred, received, event, resource, related, payload, chain)
        SELECT current_date, e.id, e.position, $1, $1, e.event, e.resource, e.related, e.payload, '{}'
        FROM unnest($2::uuid[], $3::bigint[], $4::text[], $5::json[], $6::json[], $7::json[])
          AS e (id, position, event, resource, related, payload)`,
      values: [
        now,
        events.map(() => v7()),
        events.map((_, n) => first + n),
        events.map(({ event }) => event),
        events.map(({ resource }) => JSON.stringify(resource)),
        events.map(({ related }) => JSON.stringify(related)),
        events.map(({ payload }) => JSON.stringify(payload)),
      ],
    });
  }

  end(): Promise<void> {
    return this.#pool.end();
  }
}
