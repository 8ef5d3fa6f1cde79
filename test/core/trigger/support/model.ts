import type { LogEvent } from "../../../../core/event/event.ts";
import { Leaf, type ModelFiring, sameKey, type ToldEventTrigger, type Window } from "./model-leaf.ts";

/**
 * The rules as they are written, for whoever wants to compare: the clock goes on by half seconds, all is kept, and every question is
 * answered by looking through it. Times are milliseconds, and all of them fall on a half second. It knows no metrics and no downtime.
 */

/** Seconds of a document fall on half seconds too. */
const tick = 500;

export interface ToldComposite {
  readonly type: "compound" | "sequence";
  /** Of a compound. */
  readonly require?: "any" | "all" | number;
  readonly within: number | null;
  readonly triggers: readonly ToldTrigger[];
}

export type ToldTrigger = ToldEventTrigger | ToldComposite;

/** One of the outermost: when it happened, and by the event of which position, or (null) by the clock. */
export interface ModelOutcome extends ModelFiring {
  readonly at: number;
  readonly cause: number | null;
}

/** What the trigger fires over a log from `start` to `until`, both included. */
export function modelFirings(
  told: ToldTrigger,
  log: readonly LogEvent[],
  { start, until }: { start: number; until: number },
): ModelOutcome[] {
  const outcomes: ModelOutcome[] = [];
  const leaves: Leaf[] = [];
  const root = nodeOf(told, leaves);
  const processed = new Set<string>();
  let held: LogEvent[] = [];
  let eventClock: number | null = null;
  let lag = 0;
  let wall = start;

  const report = (cause: number | null, fired: ReadonlyMap<Leaf, ModelFiring>) => {
    for (const firing of root.offer(fired)) outcomes.push({ ...firing, at: wall, cause });
  };
  /** Windows, by (end, place in the document, key), as long as one is due that is wanted. */
  const passWindows = (wanted: (leaf: Leaf, window: Window) => boolean) => {
    for (;;) {
      const due = leaves
        .flatMap((leaf, place) => leaf.windows.map((window) => ({ leaf, place, window })))
        .filter(({ leaf, window }) => leaf.isDeadline(window) && window.end <= wall - lag)
        .filter(({ leaf, window }) => wanted(leaf, window))
        .sort((a, b) => a.window.end - b.window.end || a.place - b.place || byText(a.window, b.window));
      const [first] = due;
      if (first === undefined) return;
      report(null, new Map([[first.leaf, first.leaf.miss(first.window, wall - lag)]]));
    }
  };
  const judge = (event: LogEvent) => {
    // What it meets and the clock has passed is over for it, if it lies behind.
    passWindows(
      (leaf, window) =>
        leaf.concerns(event) && sameKey(window.key, leaf.keyOf(event)) && window.end <= event.occurred,
    );
    const fired = new Map<Leaf, ModelFiring>();
    for (const leaf of leaves) {
      const firing = leaf.concerns(event) ? leaf.judge(event) : null;
      if (firing !== null) fired.set(leaf, firing);
    }
    report(event.position, fired);
    processed.add(event.id);
  };
  /** 11: then those that waited for it, in the order in which they occurred, and then those that waited for these. */
  const judgeWithFollowers = (event: LogEvent) => {
    const leaders = [event];
    for (const leader of leaders) {
      judge(leader);
      const followers = held.filter(({ follows }) => follows === leader.id).sort(byOccurrence);
      held = held.filter(({ follows }) => follows !== leader.id);
      leaders.push(...followers);
    }
  };
  /** 16: orphans, then windows, until nothing is due. */
  const settle = () => {
    const orphans = held.filter(({ received }) => received + 900_000 <= wall).sort(byOccurrence);
    for (const orphan of orphans) {
      if (!held.includes(orphan)) continue;
      held = held.filter((other) => other !== orphan);
      judgeWithFollowers(orphan);
    }
    passWindows(() => true);
  };

  for (const leaf of leaves) leaf.begin(start);
  for (; wall <= until; wall += tick) {
    settle();
    for (const event of log.filter(({ received }) => received === wall)) {
      // 10
      const seen = Math.min(event.occurred, wall);
      if (eventClock === null || seen > eventClock) {
        eventClock = seen;
        lag = wall - seen;
      }
      const { follows } = event;
      if (follows !== null && follows !== event.id && !processed.has(follows)) held.push(event);
      else judgeWithFollowers(event);
      settle();
    }
  }
  return outcomes;
}

function byOccurrence(a: LogEvent, b: LogEvent): number {
  return a.occurred - b.occurred || a.position - b.position;
}

function byText(a: Window, b: Window): number {
  const different = a.key.findIndex((value, index) => value !== b.key[index]);
  return different < 0 ? 0 : (a.key[different] ?? "") < (b.key[different] ?? "") ? -1 : 1;
}

/** What fires of one cause: one event, or one window. */
interface Node {
  offer(fired: ReadonlyMap<Leaf, ModelFiring>): ModelFiring[];
}

function nodeOf(told: ToldTrigger, leaves: Leaf[]): Node {
  if (told.type !== "event")
    return new Parent(
      told,
      told.triggers.map((member) => nodeOf(member, leaves)),
    );
  const leaf = new Leaf(told);
  leaves.push(leaf);
  return leaf;
}

interface Remembered extends ModelFiring {
  readonly member: number;
  /** The order of processing. */
  readonly turn: number;
}

/** 8: a composite. */
class Parent implements Node {
  #remembered: Remembered[] = [];
  #turn = 0;

  constructor(
    readonly told: ToldComposite,
    readonly members: readonly Node[],
  ) {}

  offer(fired: ReadonlyMap<Leaf, ModelFiring>): ModelFiring[] {
    const offers = this.members.flatMap((node, member) =>
      node.offer(fired).map((firing) => ({ ...firing, member })),
    );
    const last = offers.at(-1);
    if (last === undefined) return [];
    const { require = "all" } = this.told;
    const needed = require === "any" ? 1 : require === "all" ? this.members.length : require;
    if (needed === 1) return offers.map(({ member: _, ...firing }) => ({ ...firing, key: [] }));
    for (const offer of this.told.type === "sequence" ? this.#oneStep(offers) : offers) {
      const same = this.#remembered.find(({ member }) => member === offer.member);
      this.#turn += 1;
      if (same !== undefined && same.time > offer.time) continue;
      const others = this.#remembered.filter((one) => one !== same);
      this.#remembered = [...others, { ...offer, turn: this.#turn }];
    }
    const time = Math.max(...this.#remembered.map((one) => one.time));
    this.#remembered = this.#remembered.filter((one) => !this.#isForgotten(one, time));
    if (this.#remembered.length < needed) return [];
    if (this.told.type === "sequence" && !this.#inOrder()) return [];
    const counted = this.#remembered.toSorted((a, b) => a.turn - b.turn).flatMap((one) => one.counted);
    this.#remembered = [];
    return [{ time, key: [], triggeringEvent: last.triggeringEvent, counted: [...new Set(counted)] }];
  }

  /** One event satisfies the first of its steps that is open, or refreshes the last of them. */
  #oneStep<Offer extends ModelFiring & { member: number }>(offers: readonly Offer[]): readonly Offer[] {
    const isOpen = ({ member, time }: Offer) =>
      !this.#remembered.some((one) => one.member === member && !this.#isForgotten(one, time));
    const step = offers.find(isOpen) ?? offers.at(-1);
    return offers.filter(({ member }) => member === step?.member);
  }

  #isForgotten(one: ModelFiring, latest: number): boolean {
    const { within } = this.told;
    return within !== null && one.time < latest - within * 1000;
  }

  #inOrder(): boolean {
    const steps = this.#remembered.toSorted((a, b) => a.time - b.time || a.turn - b.turn);
    return steps.every(({ member }, place) => member === place);
  }
}
