import type { Chunk } from "./sink.ts";

/** Texts in one chunk, together; a single longer one is a chunk by itself. Counted in UTF-16 units. */
const chunkSize = 16 * 1024;

/** The newest messages of a stream: all that lie behind `base` up to `head`. */
export class Ring {
  #positions: number[] = [];
  #texts: string[] = [];
  #size = 0;
  #base: number;
  #head: number;
  /** Most readers are at the same place, so they ask for the same chunks. Forgotten when messages are added. */
  readonly #chunks = new Map<number, Chunk>();

  /**
   * @param position behind which it begins
   * @param limits how many messages, and how many UTF-16 units of text, it keeps at most (but always the newest)
   */
  constructor(
    position: number,
    private readonly limits: { messages: number; size: number },
  ) {
    this.#base = position;
    this.#head = position;
  }

  /** Who stands before it has missed messages that are no longer here. */
  get base(): number {
    return this.#base;
  }

  /** The place of the newest message, or where it began. */
  get head(): number {
    return this.#head;
  }

  /** Whether the next message pushes one out. */
  get isFull(): boolean {
    return this.#texts.length >= this.limits.messages || this.#size >= this.limits.size;
  }

  /** Adds messages in order; those behind which the ring already is are passed over. */
  push(messages: { position: number; text: string }[]): void {
    for (const { position, text } of messages) {
      if (position <= this.#head) continue;
      this.#positions.push(position);
      this.#texts.push(text);
      this.#size += text.length;
      this.#head = position;
    }
    this.#chunks.clear();
    this.#evict();
  }

  /** The messages behind `position` (which is not before `base`), or undefined where there is none yet. */
  chunkAfter(position: number): Chunk | undefined {
    if (position >= this.#head) return undefined;
    const first = this.#firstAfter(position);
    const known = this.#chunks.get(first);
    if (known !== undefined) return known;
    const chunk = this.#cut(first);
    if (this.#chunks.size >= 16) this.#chunks.clear();
    this.#chunks.set(first, chunk);
    return chunk;
  }

  #cut(first: number): Chunk {
    let size = 0;
    let end = first;
    do size += this.#texts[end++]?.length ?? 0;
    while (end < this.#texts.length && size + (this.#texts[end]?.length ?? 0) <= chunkSize);
    return { texts: this.#texts.slice(first, end), position: this.#positions[end - 1] ?? this.#head };
  }

  #firstAfter(position: number): number {
    let low = 0;
    let high = this.#positions.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#positions[middle] ?? 0) > position) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #evict(): void {
    let drop = 0;
    while (
      this.#texts.length - drop > 1 &&
      (this.#texts.length - drop > this.limits.messages || this.#size > this.limits.size)
    )
      this.#size -= this.#texts[drop++]?.length ?? 0;
    if (drop === 0) return;
    this.#base = this.#positions[drop - 1] ?? this.#base;
    this.#positions.splice(0, drop);
    this.#texts.splice(0, drop);
  }
}

/** Cuts rendered messages into chunks that are written in one piece. */
export function cutChunks(messages: { position: number; text: string }[]): Chunk[] {
  const chunks: Chunk[] = [];
  let size = 0;
  for (const { position, text } of messages) {
    const last = chunks.at(-1);
    if (last !== undefined && size + text.length <= chunkSize) {
      last.texts.push(text);
      last.position = position;
      size += text.length;
    } else {
      chunks.push({ texts: [text], position });
      size = text.length;
    }
  }
  return chunks;
}
