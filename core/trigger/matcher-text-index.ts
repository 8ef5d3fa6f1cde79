import { type Found, hashOn, hashSeed, TextTable } from "./matcher-text-table.ts";
import type { Literal } from "./matcher-way.ts";

/** Values by what a text is, begins with or ends with. */
export class TextIndex<Value, Owner, Open> {
  readonly #whole = new TextTable<Value, Owner, Open>("forward");
  readonly #starts = new TextTable<Value, Owner, Open>("forward");
  readonly #startLengths = new Lengths();
  readonly #ends = new TextTable<Value, Owner, Open>("backward");
  readonly #endLengths = new Lengths();
  #longestWhole = 0;

  /** @param beyond how many characters at least follow a beginning */
  constructor(readonly beyond: 0 | 1) {}

  get size(): number {
    return this.#whole.size + this.#starts.size + this.#ends.size;
  }

  get({ at, text }: Literal): Value | null {
    return this.#table(at).get(text);
  }

  /** A literal that is new. */
  add({ at, text }: Literal, value: Value): void {
    this.#table(at).add(text, value);
    if (at === "whole") this.#longestWhole = Math.max(this.#longestWhole, text.length);
    else this.#count(at, text, 1);
  }

  /** Has the value of a literal found with these. */
  show({ at, text }: Literal, owner: Owner | null, open: Open | null): void {
    this.#table(at).show(text, owner, open);
  }

  /** A literal that is there. */
  delete({ at, text }: Literal): void {
    this.#table(at).delete(text);
    if (at !== "whole") this.#count(at, text, -1);
  }

  /** Gives every value of which the text has the literal. */
  find<With>(text: string, passed: With, found: Found<Value, Owner, Open, With>): void {
    this.#findForward(text, passed, found);
    if (this.#ends.size > 0) this.#findBackward(text, passed, found);
  }

  /** The whole text and its beginnings, in one pass over the characters that can matter. */
  #findForward<With>(text: string, passed: With, found: Found<Value, Owner, Open, With>): void {
    const lengths = this.#startLengths.of(text.charCodeAt(0));
    const asWhole = this.#whole.size > 0 && text.length <= this.#longestWhole;
    const last = asWhole ? text.length : Math.min(text.length, lengths.at(-1) ?? -1);
    let hash = hashSeed;
    let next = 0;
    for (let length = 0; length <= last; length++) {
      if (length > 0) hash = hashOn(hash, text.charCodeAt(length - 1));
      if (lengths[next] !== length) continue;
      next += 1;
      if (length + this.beyond > text.length) continue;
      const slot = this.#starts.find(hash, text, length);
      if (slot >= 0) this.#starts.give(slot, passed, found);
    }
    if (!asWhole) return;
    const slot = this.#whole.find(hash, text, text.length);
    if (slot >= 0) this.#whole.give(slot, passed, found);
  }

  #findBackward<With>(text: string, passed: With, found: Found<Value, Owner, Open, With>): void {
    const lengths = this.#endLengths.of(text.charCodeAt(text.length - 1));
    const last = Math.min(text.length, lengths.at(-1) ?? -1);
    let hash = hashSeed;
    let next = 0;
    for (let length = 1; length <= last; length++) {
      hash = hashOn(hash, text.charCodeAt(text.length - length));
      if (lengths[next] !== length) continue;
      next += 1;
      const slot = this.#ends.find(hash, text, length);
      if (slot >= 0) this.#ends.give(slot, passed, found);
    }
  }

  #table(at: Literal["at"]): TextTable<Value, Owner, Open> {
    switch (at) {
      case "whole":
        return this.#whole;
      case "start":
        return this.#starts;
      case "end":
        return this.#ends;
    }
  }

  #count(at: "start" | "end", text: string, change: 1 | -1): void {
    if (at === "start") this.#startLengths.count(text, text.charCodeAt(0), change);
    else this.#endLengths.count(text, text.charCodeAt(text.length - 1), change);
  }
}

/** What the keys of a table of beginnings, or of ends, are like. */
class Lengths {
  readonly #counts = new Map<number, number>();
  /** How many keys begin, or end, with a character of this code but for its higher bits. */
  readonly #outermost = new Int32Array(128);
  /** The lengths that there are. */
  ascending: readonly number[] = [];

  /** The lengths that keys of such a text may have: most texts are told from all keys by one character. */
  of(outermost: number): readonly number[] {
    return this.ascending[0] === 0 || (this.#outermost[outermost & 127] ?? 0) > 0 ? this.ascending : none;
  }

  count(key: string, outermost: number, change: 1 | -1): void {
    const { length } = key;
    const slot = outermost & 127;
    this.#outermost[slot] = (this.#outermost[slot] ?? 0) + change;
    const before = this.#counts.get(length) ?? 0;
    if (before + change === 0) this.#counts.delete(length);
    else this.#counts.set(length, before + change);
    if (before === 0 || before + change === 0) {
      this.ascending = [...this.#counts.keys()].sort((a, b) => a - b);
    }
  }
}

const none: readonly number[] = [];
