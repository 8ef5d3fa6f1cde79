import { setImmediate as turn } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Answer, Job } from "./protocol.ts";

/** A job's thread was ended: it took too long, or broke. */
export class JobLostError extends Error {
  override readonly name = "JobLostError";
}

export interface PoolOptions {
  /** The built file that a thread runs. */
  readonly entry: URL;
  /** Jobs at once. */
  readonly size?: number;
  /** After which a job's thread is ended, in milliseconds. */
  readonly patience?: number;
}

interface Waiting {
  readonly job: Job;
  /** Whether a thread has been ended over it. */
  expired: boolean;
  settle(answer: Answer): void;
  fail(error: Error): void;
}

interface Thread {
  readonly worker: Worker;
  isReady: boolean;
  /** Whether its job has taken so long that it may have to end. */
  isSlow: boolean;
  current: Waiting | null;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Threads in which templates are rendered, as many as have been needed at once. One more is started when a job takes long, to
 * take the place of its thread if that has to end.
 */
export class TemplatePool {
  readonly #threads = new Set<Thread>();
  readonly #queue: Waiting[] = [];
  readonly #entry: URL;
  readonly #size: number;
  readonly #patience: number;
  #isClosed = false;
  /** Threads in a row that ended before they were ready. */
  #stillborn = 0;

  constructor({ entry, size = 2, patience = 1_000 }: PoolOptions) {
    this.#entry = entry;
    this.#size = size;
    this.#patience = patience;
  }

  /** Starts threads, where those for what is to be done now do not run yet; at least one. */
  warm(): void {
    const atOnce = Math.min(this.#queue.length + this.#busy, this.#size);
    const isSlow = [...this.#threads].some(({ isSlow }) => isSlow);
    const wanted = Math.max(atOnce, 1) + (isSlow ? 1 : 0);
    while (!this.#isClosed && this.#threads.size < wanted) this.#start();
  }

  get #busy(): number {
    return [...this.#threads].filter(({ current }) => current !== null).length;
  }

  /** @throws JobLostError */
  run(job: Job): Promise<Answer> {
    if (this.#isClosed) return Promise.reject(new Error("The template threads are closed."));
    return new Promise((settle, fail) => {
      this.#queue.push({ job, expired: false, settle, fail });
      this.warm();
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const waiting of this.#queue.splice(0)) waiting.fail(new Error("The template threads were closed."));
    await Promise.all([...this.#threads].map(({ worker }) => worker.terminate()));
  }

  #start(): void {
    const worker = new Worker(this.#entry, { resourceLimits: { maxOldGenerationSizeMb: 64 } });
    const thread: Thread = { worker, isReady: false, isSlow: false, current: null, timer: undefined };
    this.#threads.add(thread);
    worker.on("message", (answer: Answer) => this.#answered(thread, answer));
    worker.on("error", () => undefined); // `exit` follows
    worker.on("exit", () => this.#ended(thread));
    worker.unref();
  }

  #answered(thread: Thread, answer: Answer): void {
    if (answer.kind === "ready") {
      thread.isReady = true;
      this.#stillborn = 0;
    } else {
      clearTimeout(thread.timer);
      const done = thread.current;
      thread.current = null;
      thread.isSlow = false;
      done?.settle(answer);
    }
    this.#next();
  }

  #ended(thread: Thread): void {
    this.#threads.delete(thread);
    clearTimeout(thread.timer);
    thread.current?.fail(new JobLostError("its thread ended"));
    if (this.#isClosed) return;
    if (!thread.isReady) this.#stillborn += 1;
    if (this.#stillborn > 3) {
      this.#stillborn = 0;
      const error = new Error(`The thread that renders templates does not start: ${this.#entry.href}`);
      for (const waiting of this.#queue.splice(0)) waiting.fail(error);
      return;
    }
    this.warm();
    this.#next();
  }

  /** Gives out what waits. While nothing is to be done, the threads keep no process alive. */
  #next(): void {
    this.#handOut();
    const isBusy = this.#queue.length > 0 || this.#busy > 0;
    for (const { worker } of this.#threads) isBusy ? worker.ref() : worker.unref();
  }

  #handOut(): void {
    while (this.#queue.length > 0) {
      const free = [...this.#threads].find(({ isReady, current }) => isReady && current === null);
      if (free === undefined || this.#busy >= this.#size) return;
      const waiting = this.#queue.shift();
      if (waiting === undefined) return;
      free.current = waiting;
      free.timer = setTimeout(() => this.#grewSlow(free, waiting), this.#patience / 4);
      free.worker.postMessage(waiting.job);
    }
  }

  #grewSlow(thread: Thread, waiting: Waiting): void {
    thread.isSlow = true;
    thread.timer = setTimeout(() => void this.#expire(thread, waiting), (this.#patience * 3) / 4);
    this.warm();
  }

  /**
   * Where this thread itself was held up, the answer may be there already: it is taken first. A job has a second chance, for the machine may
   * have been too busy to let the first one have its turn.
   */
  async #expire(thread: Thread, waiting: Waiting): Promise<void> {
    await turn();
    await turn();
    if (thread.current !== waiting) return;
    // Nobody gives it another job while it ends.
    this.#threads.delete(thread);
    thread.current = null;
    if (waiting.expired) waiting.fail(new JobLostError(`it takes longer than ${this.#patience / 1_000} s`));
    else {
      waiting.expired = true;
      this.#queue.unshift(waiting);
    }
    this.warm();
    this.#next();
    await thread.worker.terminate();
  }
}
