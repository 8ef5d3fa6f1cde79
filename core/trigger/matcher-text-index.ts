import { hashOn, hashSeed, TextTable } from "./matcher-text-table.ts";
import type { Literal } from "./matcher-way.ts";

/** Values by what a text is, begins with or ends with. */
export class TextIndex<Value> {
  readonly #whole = new TextTable<Value>();
  readonly #starts = new TextTable<Value>();
  readonly #startLengths = new Lengths();
  readonly #ends = new TextTable<Value>();
  readonly #endLengths = new Lengths();
  #longestWhole = 0;

  /** @param beyond how many characters at least follow a beginning */
  constructor(readonly beyond: 0 | 1) {}

  get size(): number {
    return this.#whole.size + this.#starts.size + this.#ends.size;
  }

  get({ at, text }: Literal): Value | undefined {
    return this.#table(at).find(hashOf(at, text), text, isEqual);
  }

  /** A literal that is new. */
  add({ at, text }: Literal, value: Value): void {
    this.#table(at).add(hashOf(at, text), text, value);
    if (at === "whole") this.#longestWhole = Math.max(this.#longestWhole, text.length);
    else this.#count(at, text, 1);
  }

  /** A literal that is there. */
  delete({ at, text }: Literal): void {
    this.#table(at).delete(hashOf(at, text), text);
    if (at !== "whole") this.#count(at, text, -1);
  }

  /** Gives every value of which the text has the literal. */
  find(text: string, found: (value: Value) => void): void {
    this.#findForward(text, found);
    if (this.#ends.size > 0) this.#findBackward(text, found);
  }

  /** The whole text and its beginnings, in one pass over the characters that can matter. */
  #findForward(text: string, found: (value: Value) => void): void {
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
      const value = this.#starts.find(hash, text, isStart);
      if (value !== undefined) found(value);
    }
    if (!asWhole) return;
    const value = this.#whole.find(hash, text, isEqual);
    if (value !== undefined) found(value);
  }

  #findBackward(text: string, found: (value: Value) => void): void {
    const lengths = this.#endLengths.of(text.charCodeAt(text.length - 1));
    const last = Math.min(text.length, lengths.at(-1) ?? -1);
    let hash = hashSeed;
    let next = 0;
    for (let length = 1; length <= last; length++) {
      hash = hashOn(hash, text.charCodeAt(text.length - length));
      if (lengths[next] !== length) continue;
      next += 1;
      const value = this.#ends.find(hash, text, isEnd);
      if (value !== undefined) found(value);
    }
  }

  #table(at: Literal["at"]): TextTable<Value> {
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
const isEqual = (text: string, key: string) => text === key;
const isStart = (text: string, key: string) => text.startsWith(key);
const isEnd = (text: string, key: string) => text.endsWith(key);

/** Of an end it is that of its characters from the last to the first. */
function hashOf(at: Literal["at"], text: string): number {
  let hash = hashSeed;
  for (let index = 0; index < text.length; index++)
    hash = hashOn(hash, text.charCodeAt(at === "end" ? text.length - 1 - index : index));
  return hash;
}
