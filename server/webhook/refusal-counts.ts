import sql from "sql-template-tag";
import type { Db } from "../db.ts";

/** Why a request is turned away before it is looked at: its method (405), its size (413), its webhook's rate (429). */
export type RefusalKind = "method" | "size" | "rate";

type Counts = Record<RefusalKind, number>;

/** Milliseconds for which counts are gathered before they are written. */
const gathering = 1_000;

/**
 * Counts what webhooks turn away: nothing is stored of such a request but that there was one more, and however many come, their
 * webhooks are written at most once a second.
 */
export class RefusalCounts {
  #counts = new Map<string, Counts>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: Db,
    private readonly report: (what: string, cause: unknown) => void,
  ) {}

  add(webhookId: string, kind: RefusalKind): void {
    const counts = this.#counts.get(webhookId) ?? { method: 0, size: 0, rate: 0 };
    counts[kind]++;
    this.#counts.set(webhookId, counts);
    this.#timer ??= setTimeout(() => void this.flush(), gathering).unref();
  }

  /** Writes what was counted so far. What cannot be written is told and forgotten. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const counts = this.#counts;
    this.#counts = new Map();
    if (counts.size > 0) this.#writing = this.#writing.then(() => this.#write(counts));
    return this.#writing;
  }

  async #write(counts: ReadonlyMap<string, Counts>): Promise<void> {
    const rows = JSON.stringify([...counts].map(([id, each]) => ({ id, ...each })));
    try {
      // The rows are held in the order of their ids, as everybody does.
      await this.db.query(sql`
        WITH counts AS (
          SELECT * FROM json_to_recordset(${rows}::json) AS c (id uuid, method int, size int, rate int)
        ), held AS MATERIALIZED (
          SELECT w.id FROM webhook w WHERE w.id IN (SELECT c.id FROM counts c) ORDER BY w.id FOR NO KEY UPDATE
        )
        UPDATE webhook w SET refused_by_method = w.refused_by_method + c.method, refused_by_size = w.refused_by_size + c.size,
          refused_by_rate = w.refused_by_rate + c.rate
        FROM held JOIN counts c USING (id) WHERE w.id = held.id`);
    } catch (cause) {
      this.report("counting the requests that webhooks turned away", cause);
    }
  }
}
