/** What of requests' bodies is held in this process at once, in all. */
export class BodyMemory {
  #held = 0;
  /** Bodies that are being read, the oldest first. */
  readonly #reading = new Set<BodyHold>();

  /** @param limit bytes beyond which only the oldest body is read on */
  constructor(private readonly limit: number) {}

  /** Bytes that are held. */
  get held(): number {
    return this.#held;
  }

  /** For one body that is about to be read. */
  open(pausable: Pausable): BodyHold {
    const hold = new BodyHold(this, pausable);
    this.#reading.add(hold);
    return hold;
  }

  /** For holds: so many bytes more, or less. */
  change(bytes: number): void {
    this.#held += bytes;
    this.settle();
  }

  /** For holds: it was read to its end, or given up. */
  closed(hold: BodyHold): void {
    this.#reading.delete(hold);
    this.settle();
  }

  /** Who waits goes on as soon as there is room; the oldest always does, so that room is made. */
  private settle(): void {
    let oldest = true;
    for (const hold of this.#reading) {
      hold.pause(!oldest && this.#held > this.limit);
      oldest = false;
    }
  }
}

interface Pausable {
  pause(): unknown;
  resume(): unknown;
}

/** One body's part of the memory. */
export class BodyHold {
  #bytes = 0;
  #paused = false;

  constructor(
    private readonly memory: BodyMemory,
    private readonly pausable: Pausable,
  ) {}

  /** Some of it has come. */
  add(bytes: number): void {
    this.#bytes += bytes;
    this.memory.change(bytes);
  }

  /** All of it has come, or nothing more will. */
  end(): void {
    this.memory.closed(this);
  }

  /** What was made of it is not needed any more. Safe to call twice. */
  release(): void {
    const bytes = this.#bytes;
    this.#bytes = 0;
    this.memory.closed(this);
    this.memory.change(-bytes);
  }

  /** For the memory. */
  pause(isToPause: boolean): void {
    if (isToPause === this.#paused) return;
    this.#paused = isToPause;
    if (isToPause) this.pausable.pause();
    else this.pausable.resume();
  }
}
