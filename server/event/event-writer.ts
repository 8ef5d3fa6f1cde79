import sql from "sql-template-tag";
import type { Db } from "../db.ts";

/** An event that is to be stored, as `append_events` reads it. */
export interface EventText {
  json: string;
  /** Whether its sender chose the id, which is then looked up. */
  given: boolean;
  /** Of the text in UTF-8. */
  bytes: number;
}

/** Where an event lies in the log, and whether it was there already and nothing was stored. */
export interface Place {
  position: number;
  received: Date;
  known: boolean;
}

/** What became of one event; `failed` where the database took all but this one. */
export type Written = Place | { failed: unknown };

/** The events of one call, of which some may be in the batch under way and others in the next. */
interface Call {
  events: readonly EventText[];
  taken: number;
  written: Written[];
  resolve(written: Written[]): void;
  reject(error: unknown): void;
}

interface Part {
  call: Call;
  events: readonly EventText[];
}

/** One statement writes at most so much, that the log's lock is held for a moment only. */
const batch = { events: 1_000, bytes: 4 * 1024 * 1024 };
/** What may wait for the database before more is refused, in bytes of events. */
const mostWaiting = 128 * 1024 * 1024;

/** More events come than the database takes. Nothing of the call was stored; it may be made again later. */
export class OverloadedError extends Error {
  override readonly name = "OverloadedError";
  constructor() {
    super(
      "more events come than the database can store: nothing of this call was stored, try again in a moment",
    );
  }
}

/**
 * Appends events to the log, in the order in which they came: all that wait are written by one statement, one statement at a time, so
 * that throughput grows with the load.
 */
export class EventWriter {
  #calls: Call[] = [];
  #writing = false;
  #waiting = 0;

  constructor(private readonly db: Db) {}

  /**
   * @returns what became of each event, in their order
   * @throws OverloadedError
   */
  write(events: readonly EventText[]): Promise<Written[]> {
    if (events.length === 0) return Promise.resolve([]);
    if (this.#waiting > mostWaiting) return Promise.reject(new OverloadedError());
    for (const { bytes } of events) this.#waiting += bytes;
    return new Promise((resolve, reject) => {
      this.#calls.push({ events, taken: 0, written: [], resolve, reject });
      void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    if (this.#writing) return;
    this.#writing = true;
    // Who comes in the same turn of the event loop shares the statement.
    await new Promise((resolve) => setImmediate(resolve));
    for (let parts = this.#take(); parts.length > 0; parts = this.#take()) await this.#writeBatch(parts);
    this.#writing = false;
  }

  async #writeBatch(parts: Part[]): Promise<void> {
    const events = parts.flatMap((part) => part.events);
    try {
      const written = await append(this.db, events);
      let place = 0;
      for (const { call, events } of parts) {
        for (let index = 0; index < events.length; index++) {
          // One result for each event, in their order.
          call.written.push(written[place++] as Written);
        }
        if (call.written.length === call.events.length) call.resolve(call.written);
      }
    } catch (error) {
      for (const { call } of parts) {
        this.#forget(call);
        call.reject(error);
      }
    } finally {
      for (const { bytes } of events) this.#waiting -= bytes;
    }
  }

  /** What of a failed call still waits is not tried any more. */
  #forget(call: Call): void {
    for (const { bytes } of call.events.slice(call.taken)) this.#waiting -= bytes;
    call.taken = call.events.length;
    this.#calls = this.#calls.filter((each) => each !== call);
  }

  #take(): Part[] {
    const parts: Part[] = [];
    const left = { ...batch };
    for (let call = this.#calls[0]; call !== undefined; call = this.#calls[0]) {
      const from = call.taken;
      for (; call.taken < call.events.length; call.taken++) {
        const bytes = call.events[call.taken]?.bytes ?? 0;
        if (left.events === 0 || (left.bytes < bytes && left.bytes < batch.bytes)) break;
        left.events--;
        left.bytes -= bytes;
      }
      if (call.taken > from) parts.push({ call, events: call.events.slice(from, call.taken) });
      if (call.taken < call.events.length) break;
      this.#calls.shift();
    }
    return parts;
  }
}

/** Halves a batch that the database refuses until only what it refuses is left out. */
async function append(db: Db, events: readonly EventText[]): Promise<Written[]> {
  try {
    return await appendAll(db, events);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (events.length === 1) return [{ failed: error }];
    const middle = Math.ceil(events.length / 2);
    return [...(await append(db, events.slice(0, middle))), ...(await append(db, events.slice(middle)))];
  }
}

async function appendAll(db: Db, events: readonly EventText[]): Promise<Place[]> {
  const batch = `[${events.map(({ json }) => json).join(",")}]`;
  if (events.some(({ given }) => given))
    return db.query<Place>(
      sql`SELECT position, received, known FROM append_events(${batch}::json) ORDER BY n`,
    );
  const [place] = await db.query<{ first: number; received: Date }>(
    sql`SELECT first, received FROM append_fresh_events(${batch}::json)`,
  );
  if (place === undefined) throw new Error("appending events answers a place");
  const { first, received } = place;
  return events.map((_, index) => ({ position: first + index, received, known: false }));
}

/** Whether the database refuses what it was given (data, or a limit of its own), rather than being unable to work. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^(?:22|54)/.test(String(error.code));
}
