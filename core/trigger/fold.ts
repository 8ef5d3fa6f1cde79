import type { LogEvent } from "../event/event.ts";
import type { Gap } from "../event-log/gap.ts";
import type { HeldEvent } from "../event-log/held-event.ts";
import type { HeldEvents } from "../event-log/held-events.ts";
import { clockAt, type LogState } from "../event-log/log-state.ts";
import { nextStep } from "../event-log/next-step.ts";
import { asHeld, mustWait, releaseFollowers, takeIn } from "../event-log/take-in.ts";
import { type Evaluation, evaluate, type Input, type Now } from "./evaluate.ts";
import type { TriggerFiring } from "./firing.ts";
import { firstOverdue } from "./overdue.ts";
import type { DueLeaf, TriggerState } from "./trigger-state.ts";
import { type Touch, touches, type Watch } from "./watch.ts";

/** What a fold works with, and whom it tells. */
export interface FoldParts {
  readonly log: LogState;
  readonly held: HeldEvents;
  /** The gaps that the wall clock has not passed yet, in the order of time. */
  readonly gaps?: readonly Gap[] | undefined;
  readonly state: TriggerState;
  /** The triggers that an event may concern; too many do no harm. */
  readonly candidates: (event: LogEvent) => Iterable<Watch>;
  /** Whether the log has an event of this id at an earlier position. */
  readonly known: (eventId: string) => boolean;
  /** A held event with its body. */
  readonly body: (held: HeldEvent) => LogEvent;
  readonly fired: (watch: Watch, firing: TriggerFiring) => void;
  /** Told of every evaluation, before its firings. */
  readonly evaluated?: ((watch: Watch, input: Input, evaluation: Evaluation) => void) | undefined;
}

/** A trigger that could not be evaluated: a mistake of ours, which stops its automation and no other. */
export class TriggerFailure extends Error {
  override readonly name = "TriggerFailure";
  constructor(
    readonly watch: Watch,
    override readonly cause: unknown,
  ) {
    super(
      `the trigger of automation ${watch.automationId ?? "(none)"} could not be evaluated: ${String(cause)}`,
    );
  }
}

/**
 * The two machines driven over an event log (triggers.md §19): what is judged, in which order and when, and what each trigger does with it.
 * Live evaluation, backtests and explanations are all this loop. Between any two calls log, held events and state belong together, so that
 * they may be stored there.
 */
export class Fold {
  #log: LogState;
  readonly #gaps: Gap[];

  constructor(readonly parts: FoldParts) {
    this.#log = parts.log;
    this.#gaps = [...(parts.gaps ?? [])];
  }

  get log(): LogState {
    return this.#log;
  }

  /** One event, exactly as it is due: what falls due up to its receipt, itself, and what it has made due. */
  deliver(event: LogEvent): void {
    this.advance(event.received);
    this.take(event);
    this.advance(event.received);
  }

  /** Takes an event in: it is judged, and then those that waited for it; or it waits itself. */
  take(event: LogEvent): void {
    const { held, known } = this.parts;
    this.#log = takeIn(this.#log, event);
    if (mustWait(event, held, known)) held.hold(asHeld(event));
    else this.#judgeWithFollowers(event);
  }

  /** Lets the wall clock go on to an instant, and deals with all that falls due on the way. */
  advance(to: number): void {
    while (this.step(to));
    this.#jump(to);
  }

  /**
   * Deals with the next thing that falls due at or before an instant of the wall clock.
   *
   * @returns false where there is none; the wall clock has not reached the instant then, unless `advance` sets it
   */
  step(to: number): boolean {
    const [gap] = this.#gaps;
    if (gap === undefined || gap.from >= to) return this.#stepTo(to);
    if (this.#stepTo(gap.from)) return true;
    this.#jump(Math.min(gap.to, to));
    if (gap.to > to) return this.#stepTo(to);
    this.#gaps.shift();
    return this.step(to); // the next gap may begin before anything is due
  }

  /** Begins to watch, at this place of the log. */
  start(watch: Watch): void {
    this.#evaluate(watch, { kind: "start", now: this.#now() });
  }

  #judgeOrphan(orphan: HeldEvent): void {
    const { held, body } = this.parts;
    // One that was judged before it at this instant may have been its leader.
    if (!held.has(orphan.id)) return;
    held.release(orphan);
    this.#judgeWithFollowers(body(orphan));
  }

  #judgeWithFollowers(event: LogEvent): void {
    const { held, body } = this.parts;
    this.#judge(event);
    for (const follower of releaseFollowers(held, event.id)) this.#judge(body(follower));
  }

  #judge(event: LogEvent): void {
    const now = this.#now();
    for (const watch of this.parts.candidates(event)) {
      const touched = touches(watch, event);
      if (touched.length === 0) continue;
      this.#settle(watch, touched, event, now);
      this.#evaluate(watch, { kind: "event", event, touches: touched, now });
    }
  }

  #pass(due: DueLeaf | null): void {
    if (due === null) return;
    const { watch, leaf, key } = due;
    const { values, text } = key ?? { values: [], text: "[]" };
    this.#evaluate(watch, { kind: "due", leaf, key: values, keyText: text, now: this.#now() });
  }

  #stepTo(to: number): boolean {
    const { held, state } = this.parts;
    const next = nextStep(this.#log, held, state.nextDueAt(), to);
    if (next === null) return false;
    this.#log = { ...this.#log, wall: next.wall };
    if (next.kind === "orphans") for (const orphan of next.orphans) this.#judgeOrphan(orphan);
    else this.#pass(state.nextDue());
    return true;
  }

  /** Sets the wall clock forward without a look at what is due; that is due where it stands then. */
  #jump(to: number): void {
    const { wall } = this.#log;
    if (wall === null || wall < to) this.#log = { ...this.#log, wall: to };
  }

  /** The event itself may have set the clock forward past the ends of windows that it meets: these come first. */
  #settle(watch: Watch, touched: readonly Touch[], event: LogEvent, now: Now): void {
    const { state } = this.parts;
    for (;;) {
      const overdue = firstOverdue(state, touched, event, now);
      if (overdue === undefined) return;
      const { leaf, key, keyText } = overdue;
      this.#evaluate(watch, { kind: "due", leaf, key, keyText, now });
    }
  }

  #evaluate(watch: Watch, input: Input): void {
    const { state, evaluated, fired } = this.parts;
    let evaluation: Evaluation;
    try {
      evaluation = evaluate(watch, state, input);
    } catch (cause) {
      throw new TriggerFailure(watch, cause);
    }
    for (const change of evaluation.changes) state.apply(change);
    evaluated?.(watch, input, evaluation);
    for (const firing of evaluation.firings) fired(watch, firing);
  }

  #now(): Now {
    const wall = this.#log.wall ?? 0;
    return { wall, clock: clockAt(this.#log, wall), eventClock: this.#log.eventClock };
  }
}
