/** Where the hash of a text begins. */
export const hashSeed = 0x811c9dc5 | 0;

/** The hash of a text that is longer by one character. */
export function hashOn(hash: number, character: number): number {
  return Math.imul(hash ^ character, 0x01000193);
}

/** What is done with a value that is found, and what it was shown with. */
export type Found<Value, Owner, Open, With> = (
  value: Value,
  owner: Owner | null,
  open: Open | null,
  passed: With,
) => void;

/** So much is in an entry: where its key is written, the value, its owner and what is open. */
const width = 4;
type Part<Value, Owner, Open> = number | Value | Owner | Open | null;

/**
 * Values by their text, for look-ups whose hash the caller has at hand: that of a text's beginnings comes along with that of the text, and
 * nothing is cut out of it. Most look-ups find nothing, and learn it from one byte of a table so dense that it stays in the processor's
 * cache, also where the keys are many. All else has to come from afar then, and of that a look-up that finds something reads an entry and a
 * key, and no objects, which lie scattered: the characters of the keys stand one behind the other, and what is wanted of most values is in
 * the entry.
 */
export class TextTable<Value, Owner, Open> {
  size = 0;
  /** Of the hash of the key in the same slot; 0 where there is none. */
  #marks = new Uint8Array(8);
  #entries = emptyEntries<Value, Owner, Open>(8);
  /** Whole, for moving entries. */
  #hashes = new Int32Array(8);
  /** The length of each key, of two units, and its characters as they are read. */
  #units = new Uint16Array(32);
  /** How many units are written, and how many of those are of keys that are gone. */
  #end = 0;
  #gone = 0;

  /** @param reading from which end on texts are read */
  constructor(readonly reading: "forward" | "backward") {}

  get(key: string): Value | null {
    const slot = this.#slotOf(key);
    return slot < 0 ? null : (this.#entries[slot * width + 1] as Value); // that is where it stands
  }

  /** A key that is new. */
  add(key: string, value: Value): void {
    // Full enough to lie close together, and free enough that a look-up ends soon.
    if ((this.size + 1) * 5 > this.#marks.length * 3) this.#grow();
    this.#put(spread(this.#hashOf(key)), [this.#write(key), value, null, null]);
    this.size += 1;
  }

  /** Has the value of a key found with these, until it is shown otherwise; at first it is with neither. */
  show(key: string, owner: Owner | null, open: Open | null): void {
    const slot = this.#slotOf(key);
    if (slot < 0) return;
    this.#entries[slot * width + 2] = owner;
    this.#entries[slot * width + 3] = open;
  }

  delete(key: string): void {
    let hole = this.#slotOf(key);
    if (hole < 0) return;
    this.size -= 1;
    this.#gone += key.length + 2;
    const mask = this.#marks.length - 1;
    // What stands behind and came past the hole on its way moves up, so that no look-up ends early.
    for (let slot = (hole + 1) & mask; this.#marks[slot] !== 0; slot = (slot + 1) & mask) {
      const home = (this.#hashes[slot] ?? 0) & mask;
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue;
      this.#set(hole, this.#hashes[slot] ?? 0, entryAt(this.#entries, slot));
      hole = slot;
    }
    this.#set(hole, 0, noEntry);
    this.#marks[hole] = 0;
  }

  /**
   * The slot of the key that is the first so many characters of a text; -1 where there is none.
   *
   * @param hash of these characters, as they are read
   */
  find(hash: number, text: string, length: number): number {
    const wanted = spread(hash);
    const mark = markOf(wanted);
    const mask = this.#marks.length - 1;
    for (let slot = wanted & mask; ; slot = (slot + 1) & mask) {
      const found = this.#marks[slot];
      if (found === 0) return -1;
      if (found === mark && this.#isKey(slot, text, length)) return slot;
    }
  }

  /** Gives what is in a slot that was found. */
  give<With>(slot: number, passed: With, found: Found<Value, Owner, Open, With>): void {
    const entry = slot * width;
    const value = this.#entries[entry + 1] as Value; // as `add` and `show` have put them
    const owner = this.#entries[entry + 2] as Owner | null;
    found(value, owner, this.#entries[entry + 3] as Open | null, passed);
  }

  #slotOf(key: string): number {
    return this.find(this.#hashOf(key), key, key.length);
  }

  #isKey(slot: number, text: string, length: number): boolean {
    const units = this.#units;
    const place = this.#entries[slot * width] as number; // as `add` has put it
    if (lengthAt(units, place) !== length) return false;
    if (this.reading === "forward") {
      for (let index = 0; index < length; index++)
        if (units[place + 2 + index] !== text.charCodeAt(index)) return false;
    } else {
      for (let index = 0; index < length; index++)
        if (units[place + 2 + index] !== text.charCodeAt(text.length - 1 - index)) return false;
    }
    return true;
  }

  /** The code of a character of a text, as it is read. */
  #at(text: string, index: number): number {
    return text.charCodeAt(this.reading === "forward" ? index : text.length - 1 - index);
  }

  #hashOf(key: string): number {
    let hash = hashSeed;
    for (let index = 0; index < key.length; index++) hash = hashOn(hash, this.#at(key, index));
    return hash;
  }

  #put(hash: number, entry: readonly Part<Value, Owner, Open>[]): void {
    const mask = this.#marks.length - 1;
    let slot = hash & mask;
    while (this.#marks[slot] !== 0) slot = (slot + 1) & mask;
    this.#set(slot, hash, entry);
  }

  #set(slot: number, hash: number, entry: readonly Part<Value, Owner, Open>[]): void {
    this.#marks[slot] = markOf(hash);
    this.#hashes[slot] = hash;
    for (let index = 0; index < width; index++) this.#entries[slot * width + index] = entry[index] ?? null;
  }

  #grow(): void {
    const [marks, entries, hashes] = [this.#marks, this.#entries, this.#hashes];
    this.#marks = new Uint8Array(marks.length * 2);
    this.#entries = emptyEntries<Value, Owner, Open>(marks.length * 2);
    this.#hashes = new Int32Array(marks.length * 2);
    for (const [slot, mark] of marks.entries())
      if (mark !== 0) this.#put(hashes[slot] ?? 0, entryAt(entries, slot));
  }

  /** Where the key is written. */
  #write(key: string): number {
    const length = key.length + 2;
    if (this.#end + length > this.#units.length) this.#rewrite(length);
    const place = this.#end;
    this.#units[place] = key.length;
    this.#units[place + 1] = key.length >>> 16;
    for (let index = 0; index < key.length; index++) this.#units[place + 2 + index] = this.#at(key, index);
    this.#end += length;
    return place;
  }

  /** Makes room for so many units and as many again, without the keys that are gone. */
  #rewrite(more: number): void {
    const units = this.#units;
    this.#units = new Uint16Array((this.#end - this.#gone + more) * 2);
    [this.#end, this.#gone] = [0, 0];
    for (const [slot, mark] of this.#marks.entries()) {
      if (mark === 0) continue;
      const place = this.#entries[slot * width] as number; // as `add` has put it
      const length = lengthAt(units, place) + 2;
      this.#units.set(units.subarray(place, place + length), this.#end);
      this.#entries[slot * width] = this.#end;
      this.#end += length;
    }
  }
}

const noEntry = [null, null, null, null];

function emptyEntries<Value, Owner, Open>(slots: number): Part<Value, Owner, Open>[] {
  return new Array<Part<Value, Owner, Open>>(slots * width).fill(null);
}

function entryAt<Part>(entries: readonly Part[], slot: number): readonly Part[] {
  return entries.slice(slot * width, (slot + 1) * width);
}

function lengthAt(units: Uint16Array, place: number): number {
  return (units[place] ?? 0) | ((units[place + 1] ?? 0) << 16);
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
