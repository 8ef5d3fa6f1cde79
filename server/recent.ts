import type { Db } from "./db.ts";

/** Values by name, of which the ones that were set longest ago are forgotten. */
export class Recent<Value> {
  readonly #values = new Map<string, Value>();

  constructor(private readonly limit: number) {}

  get(name: string): Value | undefined {
    return this.#values.get(name);
  }

  set(name: string, value: Value): void {
    this.#values.delete(name);
    this.#values.set(name, value);
    if (this.#values.size <= this.limit) return;
    const oldest = this.#values.keys().next();
    if (!oldest.done) this.#values.delete(oldest.value);
  }

  delete(name: string): void {
    this.#values.delete(name);
  }
}

/** One thing for each database that this process talks to, made when first asked for. */
export function perDb<Thing>(make: (db: Db) => Thing): (db: Db) => Thing {
  const made = new WeakMap<Db, { thing: Thing }>();
  return (db) => {
    let entry = made.get(db);
    if (entry === undefined) {
      entry = { thing: make(db) };
      made.set(db, entry);
    }
    return entry.thing;
  };
}
