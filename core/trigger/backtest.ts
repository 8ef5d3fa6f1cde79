import { InvalidInputError } from "../error.ts";
import type { LogEvent } from "../event/event.ts";
import type { Gap } from "../event-log/gap.ts";
import type { HeldEvent } from "../event-log/held-event.ts";
import { HeldEvents } from "../event-log/held-events.ts";
import { emptyLog, type LogState } from "../event-log/log-state.ts";
import type { TriggerFiring } from "./firing.ts";
import { Fold, type FoldParts } from "./fold.ts";
import type { Trigger } from "./trigger.ts";
import { TriggerState } from "./trigger-state.ts";
import { type Watch, watch } from "./watch.ts";
import { Watches } from "./watches.ts";

export interface BacktestSetting {
  readonly trigger: Trigger;
  /** The automation that it belongs to: events about it are left out. */
  readonly automation?: { readonly automationId: string; readonly triggerVersion: number } | undefined;
  /** When watching begins. */
  readonly start: number;
  /** The clock runs up to it, and includes it. */
  readonly until: number;
  /** How the log stands at `start`, and what is held there; a log without events where it is left out. */
  readonly log?: LogState | undefined;
  readonly held?: readonly LogEvent[] | undefined;
  /**
   * Whether the log has an event of this id before the one that is being delivered. A log that says so has each id once, and nothing is
   * remembered of what was delivered.
   */
  readonly known?: ((eventId: string) => boolean) | undefined;
  /** In the order of time. */
  readonly gaps?: readonly Gap[] | undefined;
  readonly maxFirings?: number | undefined;
  /** Told of every evaluation, before its firings. */
  readonly evaluated?: FoldParts["evaluated"];
  /** Told of every firing: none is kept then, and there may be any number. */
  readonly fired?: ((firing: TriggerFiring) => void) | undefined;
}

export interface BacktestResult {
  readonly firings: readonly TriggerFiring[];
  /** How many events were delivered, redeliveries not among them. */
  readonly evaluatedEvents: number;
  /** How many of these concerned the trigger, and were judged. */
  readonly matchedEvents: number;
}

/** How many firings a backtest gives at most. */
const mostFirings = 100_000;

/** After how many steps a backtest gives way. */
const stepsAtOnce = 100;

/**
 * What a trigger would have done with a log (triggers.md §16), in virtual time. Events are delivered one after the other, so they may be
 * read as it goes. A delivery may contain any number of steps: it gives way now and then, for whoever has something else to do between.
 */
export class Backtest {
  readonly #fold: Fold;
  readonly #watch: Watch;
  readonly #firings: TriggerFiring[] = [];
  readonly #seen = new Set<string>();
  readonly #bodies = new Map<number, LogEvent>();
  #delivered = 0;
  #matched = 0;
  #steps = 0;

  constructor(readonly setting: BacktestSetting) {
    const { trigger, automation, start, until, log, held = [], known, gaps } = setting;
    if (until < start) throw InvalidInputError.at(["until"], "is before `start`");
    this.#watch = watch(trigger, {
      automationId: automation?.automationId ?? null,
      triggerVersion: automation?.triggerVersion ?? 1,
      order: 0,
    });
    const watches = new Watches();
    watches.add(this.#watch);
    const watched = [this.#watch];
    for (const event of held) this.#bodies.set(event.position, event);
    this.#fold = new Fold({
      log: { ...(log ?? emptyLog(start)), wall: start },
      held: new HeldEvents(held.filter(follows)),
      gaps: gaps?.filter((gap) => gap.to > start),
      state: new TriggerState({ leaf: (id) => watches.leaf(id), complete: true }),
      candidates: () => watched,
      known: known ?? ((id) => this.#seen.has(id)),
      body: (event) => this.#bodyOf(event),
      evaluated: (...evaluation) => this.#evaluated(...evaluation),
      fired: (_, firing) => (setting.fired === undefined ? this.#keep(firing) : setting.fired(firing)),
    });
    this.#fold.start(this.#watch);
  }

  /** The next event of the log; one with an id that was there before is a redelivery, and changes nothing. */
  *deliver(event: LogEvent): Generator<undefined, void> {
    const { until } = this.setting;
    if (event.received > until || this.#seen.has(event.id)) return;
    yield* this.#runTo(event.received);
    this.#fold.take(event);
    this.#delivered += 1;
    if (this.setting.known === undefined) this.#seen.add(event.id);
    if (this.#fold.parts.held.has(event.id)) this.#bodies.set(event.position, event);
    yield* this.#runTo(event.received);
  }

  /** Lets the clock run on to the end. */
  *end(): Generator<undefined, BacktestResult> {
    yield* this.#runTo(this.setting.until);
    return { firings: this.#firings, evaluatedEvents: this.#delivered, matchedEvents: this.#matched };
  }

  *#runTo(to: number): Generator<undefined, void> {
    while (this.#fold.step(to)) {
      this.#steps += 1;
      if (this.#steps % stepsAtOnce === 0) yield;
    }
    this.#fold.advance(to);
  }

  /** Asked for once, when it is released. */
  #bodyOf(event: HeldEvent): LogEvent {
    const body = this.#bodies.get(event.position);
    if (body === undefined) throw new Error(`the held event ${event.id} was not given`);
    this.#bodies.delete(event.position);
    return body;
  }

  #evaluated(...[watched, input, evaluation]: Parameters<NonNullable<FoldParts["evaluated"]>>): void {
    if (input.kind === "event") this.#matched += 1;
    this.setting.evaluated?.(watched, input, evaluation);
  }

  #keep(firing: TriggerFiring): void {
    const { maxFirings = mostFirings } = this.setting;
    if (this.#firings.length >= maxFirings) {
      throw InvalidInputError.at(
        [],
        `a backtest gives at most ${maxFirings} firings: take a shorter time or fewer events`,
      );
    }
    this.#firings.push(firing);
  }
}

function follows(event: LogEvent): event is LogEvent & HeldEvent {
  return event.follows !== null;
}

/** Goes through with what gives way, at once. */
export function atOnce<Result>(steps: Generator<undefined, Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
