import { setTimeout as sleep } from "node:timers/promises";
import { TriggerFailure } from "../../core/trigger/fold.ts";
import { giveLeaseBack, takeLease } from "./lease.ts";
import { LeaseKeeper } from "./lease-keeper.ts";
import { LeaseLost } from "./log-state.ts";
import { poison } from "./poison.ts";
import { type EvaluatorContext, Session } from "./session.ts";
import { Signal } from "./signal.ts";
import { Poisoned } from "./watched.ts";

/** How long a stand-by waits at most before it looks at the lease again, in milliseconds. */
const longestStandBy = 1_500;
/** After an unexpected failure. Milliseconds. */
const pause = 500;

/**
 * Judges the log of events for all automations, where no other server does: one at a time holds the lease, and the others stand by. It
 * works until it is closed.
 */
export class Evaluator {
  readonly #holder: string;
  readonly #signal: Signal;
  /** Automations whose triggers throw, with the version of the trigger that does. */
  readonly #poisoned = new Map<string, number>();
  readonly #closing = new AbortController();
  readonly #working: Promise<void>;
  #position = 0;

  constructor(
    private readonly ctx: EvaluatorContext,
    private readonly report: (what: string, cause: unknown) => void,
  ) {
    this.#holder = ctx.newId();
    this.#signal = new Signal(ctx.bus.wake("events"));
    this.#working = this.#work();
  }

  /** The last event that this one has taken in and stored what it came to; 0 before it held the lease. */
  get position(): number {
    return this.#position;
  }

  /** Ends it after what it is doing now, and gives the lease back. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#signal.close();
    await this.#working;
  }

  get #closed(): boolean {
    return this.#closing.signal.aborted;
  }

  async #work(): Promise<void> {
    while (!this.#closed) {
      try {
        const attempt = await takeLease(this.ctx.db, this.#holder);
        if ("epoch" in attempt) await this.#hold(attempt.epoch);
        else await this.#rest(Math.min(attempt.wait + 1, longestStandBy));
      } catch (cause) {
        if (this.#closed) return;
        this.report("evaluating triggers", cause);
        await this.#rest(pause);
      }
    }
  }

  /** While it has the lease. */
  async #hold(epoch: number): Promise<void> {
    const { db } = this.ctx;
    let lost = false;
    const keeper = new LeaseKeeper({
      epoch,
      connect: () => db.connect(),
      report: this.report,
      onLost: () => {
        lost = true;
        this.#signal.ring();
      },
    });
    try {
      while (!lost && !this.#closed) {
        try {
          const session = await Session.open(this.ctx, epoch, this.#poisoned);
          while (!lost && !this.#closed) {
            const wait = await session.turn();
            this.#position = session.position;
            if (wait > 0) await this.#signal.wait(wait);
          }
        } catch (cause) {
          if (cause instanceof LeaseLost) return;
          await this.#recover(epoch, cause);
        }
      }
    } finally {
      await keeper.close();
      if (this.#closed) await giveLeaseBack(db, epoch).catch(() => undefined);
    }
  }

  /** What was in memory is gone with the session. A trigger that throws is left out from now on, and its automation is paused. */
  async #recover(epoch: number, cause: unknown): Promise<void> {
    this.report("evaluating triggers", cause);
    if (!(cause instanceof TriggerFailure || cause instanceof Poisoned)) return this.#rest(pause);
    const { automationId, triggerVersion } = cause instanceof Poisoned ? cause.definition : cause.watch;
    if (automationId === null) return;
    this.#poisoned.set(automationId, triggerVersion);
    await poison(this.ctx, { epoch, automationId, reason: String(cause.cause) });
  }

  #rest(milliseconds: number): Promise<void> {
    return sleep(milliseconds, undefined, { signal: this.#closing.signal }).catch(() => undefined);
  }
}
