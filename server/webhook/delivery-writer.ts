import sql from "sql-template-tag";
import type { NewEvent } from "../../core/event/new-event.ts";
import type { WebhookRequest } from "../../core/webhook/request.ts";
import type { Db } from "../db.ts";
import { appendEvents } from "../event/append-events.ts";
import { OverloadedError } from "../event/event-writer.ts";

/** A request to a webhook and what came of it, to be stored. */
export interface NewDelivery {
  id: string;
  webhookId: string;
  at: Date;
  request: WebhookRequest;
  statusCode: number;
  error: string | null;
  rendered: string | null;
  eventIds: readonly string[];
  replayOf: string | null;
  /** For the log's end: what became of it, and what tells of it. */
  events: readonly NewEvent[];
  /** Those ids among them that can be known already. */
  given: readonly string[];
}

interface Waiting {
  delivery: NewDelivery;
  bytes: number;
  resolve(isStored: boolean): void;
  reject(error: unknown): void;
}

/** One transaction writes at most so much. */
const batch = { deliveries: 250, bytes: 4 * 1024 * 1024 };
/** What may wait for the database before more is refused, in bytes. */
const mostWaiting = 64 * 1024 * 1024;
/** Of what a delivery is besides its body and its events. */
const overhead = 2_000;

/**
 * Stores deliveries with their events: all that wait in one transaction, one at a time, so that throughput grows with the load.
 * A request is in the log and among the deliveries, or in neither.
 */
export class DeliveryWriter {
  readonly #queue: Waiting[] = [];
  #isWriting = false;
  #bytes = 0;

  constructor(private readonly db: Db) {}

  /**
   * @returns whether it was stored: not where the webhook was deleted meanwhile
   * @throws OverloadedError
   */
  write(delivery: NewDelivery): Promise<boolean> {
    if (this.#bytes > mostWaiting) return Promise.reject(new OverloadedError());
    const bytes = delivery.request.body.length * (1 + delivery.events.length) + overhead;
    this.#bytes += bytes;
    return new Promise((resolve, reject) => {
      this.#queue.push({ delivery, bytes, resolve, reject });
      void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    if (this.#isWriting) return;
    this.#isWriting = true;
    // Who comes in the same turn of the event loop shares the transaction.
    await new Promise((resolve) => setImmediate(resolve));
    for (let next = this.#take(); next.length > 0; next = this.#take()) {
      await this.#writeBatch(next);
      for (const { bytes } of next) this.#bytes -= bytes;
    }
    this.#isWriting = false;
  }

  #take(): Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const waiting of this.#queue) {
      bytes += waiting.bytes;
      if (count > 0 && (count >= batch.deliveries || bytes > batch.bytes)) break;
      count++;
    }
    return this.#queue.splice(0, count);
  }

  async #writeBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      const there = await store(
        this.db,
        batch.map(({ delivery }) => delivery),
      );
      for (const { delivery, resolve } of batch) resolve(there.has(delivery.webhookId));
    } catch (error) {
      if (batch.length === 1 || !isRefusal(error)) {
        for (const { reject } of batch) reject(error);
        return;
      }
      // Only what the database refuses is left out.
      for (const waiting of batch) await this.#writeBatch([waiting]);
    }
  }
}

/** @returns the webhooks that are there still; what came for others is not stored */
async function store(db: Db, deliveries: readonly NewDelivery[]): Promise<Set<string>> {
  return db.transaction(async (tx) => {
    const counts = JSON.stringify(countsOf(deliveries));
    // The rows are held before anything is stored for them, in the order of their ids, as everybody does.
    const rows = await tx.query<{ id: string }>(sql`
      WITH counts AS (
        SELECT * FROM json_to_recordset(${counts}::json) AS c (id uuid, received int, failed int, at timestamptz)
      ), held AS MATERIALIZED (
        SELECT w.id FROM webhook w WHERE w.id IN (SELECT c.id FROM counts c) ORDER BY w.id FOR NO KEY UPDATE
      )
      UPDATE webhook w SET received_count = w.received_count + c.received, failed_count = w.failed_count + c.failed,
        last_received_at = GREATEST(w.last_received_at, c.at)
      FROM held JOIN counts c USING (id) WHERE w.id = held.id RETURNING w.id`);
    const there = new Set(rows.map(({ id }) => id));
    const kept = deliveries.filter(({ webhookId }) => there.has(webhookId));
    if (kept.length === 0) return there;
    await tx.query(sql`
      INSERT INTO webhook_delivery (id, webhook_id, received_at, method, query, headers, body, status_code, error, rendered,
        event_ids, replay_of)
      SELECT d.id, d.webhook_id, d.received_at, d.method, d.query, d.headers, d.body, d.status_code, d.error, d.rendered,
        d.event_ids, d.replay_of
      FROM ROWS FROM (json_to_recordset(${JSON.stringify(kept.map(rowOf))}::json) AS (id uuid, webhook_id uuid,
        received_at timestamptz, method text, query text, headers json, status_code int, error text, rendered text,
        event_ids uuid[], replay_of uuid), unnest(${kept.map(bodyOf)}::bytea[]))
        AS d (id, webhook_id, received_at, method, query, headers, status_code, error, rendered, event_ids, replay_of, body)`);
    const events = kept.flatMap((delivery) => delivery.events);
    if (events.length > 0) tx.last(appendEvents(events, new Set(kept.flatMap((delivery) => delivery.given))));
    return there;
  });
}

interface Counts {
  id: string;
  received: number;
  failed: number;
  at: Date | null;
}

function countsOf(deliveries: readonly NewDelivery[]): Counts[] {
  const counts = new Map<string, Counts>();
  for (const { webhookId: id, statusCode, at } of deliveries) {
    const count = counts.get(id) ?? { id, received: 0, failed: 0, at: null };
    counts.set(id, count);
    if (statusCode < 400) count.received++;
    else count.failed++;
    // What nobody proved to have sent was not received.
    if (statusCode !== 401 && (count.at === null || at > count.at)) count.at = at;
  }
  return [...counts.values()];
}

/** Characters of what was rendered, and of an error, that are kept. */
const mostText = 64 * 1024;

function rowOf(delivery: NewDelivery): Record<string, unknown> {
  const { request, error, rendered } = delivery;
  return {
    id: delivery.id,
    webhook_id: delivery.webhookId,
    received_at: delivery.at,
    method: request.method,
    query: storable(request.query),
    headers: request.headers,
    status_code: delivery.statusCode,
    error: error === null ? null : storable(error),
    rendered: rendered === null ? null : storable(rendered),
    event_ids: delivery.eventIds,
    replay_of: delivery.replayOf,
  };
}

function storable(text: string): string {
  return text.slice(0, mostText).toWellFormed().replaceAll("\0", "\uFFFD");
}

function bodyOf({ request }: NewDelivery): Buffer {
  return Buffer.from(request.body);
}

/** Whether the database refuses what it was given, rather than being unable to work. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^(?:22|54)/.test(String(error.code));
}
