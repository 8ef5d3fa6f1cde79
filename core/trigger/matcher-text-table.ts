/** Where the hash of a text begins. */
export const hashSeed = 0x811c9dc5 | 0;

/** The hash of a text that is longer by one character. */
export function hashOn(hash: number, character: number): number {
  return Math.imul(hash ^ character, 0x01000193);
}

/**
 * Values by their text, for look-ups whose hash the caller has at hand: that of a text's beginnings comes along with that of the text, and nothing is
 * cut out of it. Most look-ups find nothing, and learn it from one byte of a table so dense that it stays in the processor's cache, also where
 * the keys are many.
 */
export class TextTable<Value> {
  size = 0;
  /** Of the hash of the key in the same slot; 0 where there is none. */
  #marks = new Uint8Array(8);
  /** The key of a slot, and behind it its value: who reads the one has read the other. */
  #entries: (string | Value | undefined)[] = new Array(16);
  /** Whole, for moving keys. */
  #hashes = new Int32Array(8);

  /** @param isKey whether a key with this mark is the one that is looked for */
  find(hash: number, text: string, isKey: (text: string, key: string) => boolean): Value | undefined {
    const wanted = spread(hash);
    const mark = markOf(wanted);
    const mask = this.#marks.length - 1;
    for (let slot = wanted & mask; ; slot = (slot + 1) & mask) {
      const found = this.#marks[slot];
      if (found === 0) return undefined;
      // A marked slot holds a key and a value.
      if (found === mark && isKey(text, this.#entries[slot * 2] as string))
        return this.#entries[slot * 2 + 1] as Value;
    }
  }

  /** A key that is new. */
  add(hash: number, key: string, value: Value): void {
    this.#put(spread(hash), key, value);
    this.size += 1;
    // Full enough to lie close together, and free enough that a look-up ends soon.
    if (this.size * 5 > this.#marks.length * 3) this.#grow();
  }

  delete(hash: number, key: string): void {
    const mask = this.#marks.length - 1;
    let hole = spread(hash) & mask;
    while (this.#marks[hole] !== 0 && this.#entries[hole * 2] !== key) hole = (hole + 1) & mask;
    if (this.#marks[hole] === 0) return;
    this.size -= 1;
    // What stands behind and came past the hole on its way moves up, so that no look-up ends early.
    for (let slot = (hole + 1) & mask; this.#marks[slot] !== 0; slot = (slot + 1) & mask) {
      const home = (this.#hashes[slot] ?? 0) & mask;
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue;
      this.#set(hole, this.#hashes[slot] ?? 0, this.#entries[slot * 2], this.#entries[slot * 2 + 1]);
      hole = slot;
    }
    this.#set(hole, 0, undefined, undefined);
    this.#marks[hole] = 0;
  }

  #put(spreadHash: number, key: string, value: Value): void {
    const mask = this.#marks.length - 1;
    let slot = spreadHash & mask;
    while (this.#marks[slot] !== 0) slot = (slot + 1) & mask;
    this.#set(slot, spreadHash, key, value);
  }

  #set(
    slot: number,
    spreadHash: number,
    key: string | Value | undefined,
    value: string | Value | undefined,
  ): void {
    this.#marks[slot] = markOf(spreadHash);
    this.#hashes[slot] = spreadHash;
    this.#entries[slot * 2] = key;
    this.#entries[slot * 2 + 1] = value;
  }

  #grow(): void {
    const [marks, entries, hashes] = [this.#marks, this.#entries, this.#hashes];
    this.#marks = new Uint8Array(marks.length * 2);
    this.#entries = new Array(entries.length * 2);
    this.#hashes = new Int32Array(hashes.length * 2);
    for (const [slot, mark] of marks.entries())
      if (mark !== 0)
        this.#put(hashes[slot] ?? 0, entries[slot * 2] as string, entries[slot * 2 + 1] as Value);
  }
}

/** Lets every bit of the hash have a say in the slot. */
function spread(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}

/** Of the bits that the slot does not depend on while the table is small enough; never 0. */
function markOf(spreadHash: number): number {
  return spreadHash >>> 24 || 1;
}
