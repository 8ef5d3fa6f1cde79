/** Where the hash of a text begins. */
export const hashSeed = 0x811c9dc5 | 0;

/** The hash of a text that is longer by one character. */
export function hashOn(hash: number, character: number): number {
  return Math.imul(hash ^ character, 0x01000193);
}

/**
 * Values by their text, for look-ups whose hash the caller has at hand: that of a text's beginnings comes along with that of the text, and nothing is
 * cut out of it. Most look-ups find nothing, and learn it from one number of a dense table, also where the keys are many.
 */
export class TextTable<Value> {
  size = 0;
  /** Of the key in the same slot; 0 where there is none. */
  #hashes = new Int32Array(8);
  #keys: string[] = new Array(8);
  #values: (Value | undefined)[] = new Array(8);

  /** @param isKey whether a key with this hash is the one that is looked for */
  find(hash: number, text: string, isKey: (text: string, key: string) => boolean): Value | undefined {
    const wanted = spread(hash);
    const mask = this.#hashes.length - 1;
    for (let slot = wanted & mask; ; slot = (slot + 1) & mask) {
      const found = this.#hashes[slot];
      if (found === 0) return undefined;
      if (found !== wanted) continue;
      const key = this.#keys[slot];
      if (key !== undefined && isKey(text, key)) return this.#values[slot];
    }
  }

  /** A key that is new. */
  add(hash: number, key: string, value: Value): void {
    const slot = this.#slotOf(hash, key);
    this.#hashes[slot] = spread(hash);
    this.#keys[slot] = key;
    this.#values[slot] = value;
    this.size += 1;
    // Full enough to lie close together, and free enough that a look-up ends soon.
    if (this.size * 5 > this.#hashes.length * 3) this.#grow();
  }

  delete(hash: number, key: string): void {
    let hole = this.#slotOf(hash, key);
    if (this.#values[hole] === undefined) return;
    this.size -= 1;
    const mask = this.#hashes.length - 1;
    // What stands behind and came past the hole on its way moves up, so that no look-up ends early.
    for (let slot = (hole + 1) & mask; this.#hashes[slot] !== 0; slot = (slot + 1) & mask) {
      const home = (this.#hashes[slot] ?? 0) & mask;
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue;
      this.#hashes[hole] = this.#hashes[slot] ?? 0;
      this.#keys[hole] = this.#keys[slot] ?? "";
      this.#values[hole] = this.#values[slot];
      hole = slot;
    }
    this.#hashes[hole] = 0;
    this.#keys[hole] = "";
    this.#values[hole] = undefined;
  }

  /** Where the key stands, or the free slot that it would take. */
  #slotOf(hash: number, key: string): number {
    const wanted = spread(hash);
    const mask = this.#hashes.length - 1;
    let slot = wanted & mask;
    while (this.#hashes[slot] !== 0 && (this.#hashes[slot] !== wanted || this.#keys[slot] !== key))
      slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [hashes, keys, values] = [this.#hashes, this.#keys, this.#values];
    this.#hashes = new Int32Array(hashes.length * 2);
    this.#keys = new Array(hashes.length * 2);
    this.#values = new Array(hashes.length * 2);
    const mask = this.#hashes.length - 1;
    for (const [at, value] of values.entries()) {
      if (value === undefined) continue;
      let slot = (hashes[at] ?? 0) & mask;
      while (this.#hashes[slot] !== 0) slot = (slot + 1) & mask;
      this.#hashes[slot] = hashes[at] ?? 0;
      this.#keys[slot] = keys[at] ?? "";
      this.#values[slot] = value;
    }
  }
}

/** Lets every bit of the hash have a say in the slot; never 0. */
function spread(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13) || 1;
}
