import sql from "sql-template-tag";
import type { Db } from "../db.ts";
import { perDb } from "../recent.ts";
import { keptRange, readLog } from "./read-log.ts";
import type { EventRow } from "./row.ts";

/** What is kept of the log's end, and read at once. */
const kept = { events: 2_000, bytes: 16 * 1024 * 1024 };
const mostRead = 500;
/** Readings in a row before it begins anew at the log's end. */
const mostPieces = 8;

/**
 * The newest events, read once for everybody in this process who follows the log. Nothing is read unless somebody asks.
 */
export class EventTail {
  #rows: EventRow[] = [];
  /** Of each row, as its text; and of all. */
  #sizes: number[] = [];
  #bytes = 0;
  /** The place of the newest row; undefined until it was first read. */
  #head: number | undefined;
  #reading: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(private readonly db: Db) {}

  /** The place of the newest event that is known here. */
  get head(): number {
    return this.#head ?? 0;
  }

  /** The events behind `position` that are known here; null where some between are not. */
  after(position: number): EventRow[] | null {
    const base = (this.#rows[0]?.position ?? this.head + 1) - 1;
    if (this.#head === undefined || position < base) return null;
    return this.#rows.slice(position - base);
  }

  /** Learns what had been stored when it was called; who calls while it reads shares the next reading. */
  refresh(): Promise<void> {
    if (this.#next !== undefined) return this.#next;
    if (this.#reading === undefined) return this.#read();
    this.#next = this.#reading
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        return this.#read();
      });
    return this.#next;
  }

  #read(): Promise<void> {
    this.#reading = this.#readOn().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #readOn(): Promise<void> {
    this.#head ??= (await keptRange(this.db)).last;
    for (let pieces = 0; pieces < mostPieces; pieces++) {
      const where = sql`e.position > ${this.#head}`;
      const { rows, sizes, cut } = await readLog(this.db, where, { order: "asc", limit: mostRead });
      rows.forEach((row, index) => {
        this.#add(row, sizes[index] ?? 0);
      });
      if (!cut && rows.length < mostRead) return;
    }
    // Nobody has asked for long, or more comes than can be read: who stands behind reads for itself until it is here.
    this.#drop(this.#rows.length);
    this.#head = (await keptRange(this.db)).last;
  }

  #add(row: EventRow, size: number): void {
    // What lay between is not kept any more: who stands there has to learn that from the database.
    if (row.position !== this.head + 1) this.#drop(this.#rows.length);
    this.#rows.push(row);
    this.#sizes.push(size);
    this.#bytes += size;
    this.#head = row.position;
    if (this.#rows.length <= kept.events && this.#bytes <= kept.bytes) return;
    let bytes = this.#bytes;
    let dropped = 0;
    while (dropped < this.#rows.length - 1 && (dropped < kept.events / 4 || bytes > kept.bytes))
      bytes -= this.#sizes[dropped++] ?? 0;
    this.#drop(dropped);
  }

  #drop(count: number): void {
    this.#rows.splice(0, count);
    for (const size of this.#sizes.splice(0, count)) this.#bytes -= size;
  }
}

/** One tail for all who follow the log of a database. */
export const eventTail: (db: Db) => EventTail = perDb((db) => new EventTail(db));
