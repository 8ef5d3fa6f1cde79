import type { Labels, LogEvent } from "../../../../core/event/event.ts";

/**
 * The rules as they are written, for whoever wants to compare: the clock goes on by half seconds, all is kept, and every question is
 * answered by looking through it. Times are milliseconds, and all of them fall on a half second. It knows no metrics and no downtime.
 */

/** Seconds of a document fall on half seconds too. */
const tick = 500;

/** An event trigger as its document says it, with nothing left out. */
export interface ToldEventTrigger {
  readonly type: "event";
  readonly match: Readonly<Record<string, string | readonly string[]>>;
  readonly match_related: readonly Readonly<Record<string, string | readonly string[]>>[];
  readonly expect: readonly string[];
  readonly after: readonly string[];
  readonly for_each: readonly string[];
  readonly posture: "Reactive" | "Proactive";
  readonly threshold: number;
  readonly within: number;
}

export interface ToldComposite {
  readonly type: "compound" | "sequence";
  /** Of a compound. */
  readonly require?: "any" | "all" | number;
  readonly within: number | null;
  readonly triggers: readonly ToldTrigger[];
}

export type ToldTrigger = ToldEventTrigger | ToldComposite;

/** A firing of a trigger of any level. */
export interface ModelFiring {
  readonly time: number;
  readonly key: readonly string[];
  /** The event that caused it, or the last that touched the window that passed. */
  readonly triggeringEvent: string | null;
  /** In the order of counting. */
  readonly counted: readonly string[];
}

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

interface Window {
  readonly key: readonly string[];
  readonly start: number;
  /** Infinite where there is none. */
  readonly end: number;
  counted: string[];
  lastEvent: string | null;
}

function sameKey(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
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

/** 5 to 7: an event trigger. */
class Leaf implements Node {
  windows: Window[] = [];
  readonly #within: number;
  readonly #proactive: boolean;
  readonly #needed: number;

  constructor(readonly told: ToldEventTrigger) {
    this.#within = told.within * 1000;
    this.#proactive = told.posture === "Proactive";
    this.#needed = this.#proactive ? told.threshold : Math.max(1, told.threshold);
  }

  offer(fired: ReadonlyMap<Leaf, ModelFiring>): ModelFiring[] {
    const firing = fired.get(this);
    return firing === undefined ? [] : [firing];
  }

  concerns(event: LogEvent): boolean {
    const { match, match_related } = this.told;
    const related = match_related.every(
      (spec) => Object.keys(spec).length === 0 || event.related.some((resource) => specFits(spec, resource)),
    );
    return specFits(match, event.resource) && related && (this.#expects(event) || this.#arms(event));
  }

  keyOf(event: LogEvent): string[] {
    return [...this.told.for_each].sort().map((label) => keyValue(label, event));
  }

  isDeadline({ end }: Window): boolean {
    return this.#proactive && end < Number.POSITIVE_INFINITY;
  }

  /** 7.2.1 */
  begin(start: number): void {
    const { after, for_each } = this.told;
    if (this.#proactive && this.#needed > 0 && after.length + for_each.length === 0)
      this.#open([], start, start + this.#within, null);
  }

  /** 7.1.5, 7.2.4: a window has ended without having been satisfied. */
  miss(window: Window, clock: number): ModelFiring {
    this.#close(window);
    if (this.told.after.length === 0) {
      const from = Math.max(window.end, clock);
      this.#open(window.key, from, from + this.#within, null);
    }
    return {
      time: window.end,
      key: window.key,
      triggeringEvent: window.lastEvent,
      counted: window.counted,
    };
  }

  judge(event: LogEvent): ModelFiring | null {
    const window = this.windows.find(({ key }) => sameKey(key, this.keyOf(event)));
    if (this.#proactive) {
      if (this.#needed > 0) this.#watch(event, window);
      return null;
    }
    if (this.told.after.length > 0) return this.#afterArming(event, window);
    return this.told.within === 0 ? this.#without(event, window) : this.#tumbling(event, window);
  }

  /** 6.1 */
  #without(event: LogEvent, window: Window | undefined): ModelFiring | null {
    const counting =
      window ?? this.#open(this.keyOf(event), Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, event.id);
    if (!this.#count(counting, event)) return null;
    this.#close(counting);
    return this.#firing(counting, event);
  }

  /** 6.2 */
  #tumbling(event: LogEvent, window: Window | undefined): ModelFiring | null {
    const { occurred } = event;
    if (window !== undefined && occurred < window.start) return null;
    let current = window;
    if (current === undefined) {
      current = this.#open(this.keyOf(event), occurred - 900_000, occurred + this.#within, event.id);
    } else if (occurred >= current.end) {
      this.#close(current);
      current = this.#open(current.key, occurred, occurred + this.#within, event.id);
    }
    if (!this.#count(current, event)) return null;
    this.#close(current);
    this.#open(current.key, current.end, current.end + this.#within, null);
    return this.#firing(current, event);
  }

  /** 6.3 */
  #afterArming(event: LogEvent, window: Window | undefined): ModelFiring | null {
    const { occurred } = event;
    const endless = this.told.within === 0;
    if (window === undefined || occurred >= window.end) {
      if (!this.#arms(event)) return null;
      // 6.3.7; with an empty `expect` 6.3.8 holds.
      if (endless && this.told.expect.length > 0 && this.#expects(event)) return null;
      if (window !== undefined) this.#close(window);
      const end = endless ? Number.POSITIVE_INFINITY : occurred + this.#within;
      this.#open(this.keyOf(event), occurred, end, event.id);
      return null;
    }
    if (!this.#expects(event) || occurred < window.start || !this.#count(window, event)) return null;
    this.#close(window);
    return this.#firing(window, event);
  }

  /** 7 */
  #watch(event: LogEvent, window: Window | undefined): void {
    const { occurred, id } = event;
    const key = this.keyOf(event);
    const always = this.told.after.length === 0;
    if (window === undefined) {
      // 7.1.2
      if (!always && this.#arms(event)) this.#open(key, occurred, occurred + this.#within, id);
      // 7.2.2
      if (always)
        this.#countAbsence(event, this.#open(key, occurred - 900_000, occurred + this.#within, id), true);
      return;
    }
    if (occurred >= window.end) return;
    if (this.#expects(event) && occurred >= window.start)
      this.#countAbsence(event, window, always || this.#arms(event));
    else if (this.#arms(event)) window.lastEvent = id;
  }

  /** 7.1.4, 7.1.6, 7.2.3 */
  #countAbsence(event: LogEvent, window: Window, again: boolean): void {
    if (!this.#count(window, event)) return;
    this.#close(window);
    if (again) this.#open(window.key, event.occurred, event.occurred + this.#within, event.id);
  }

  #expects({ event }: LogEvent): boolean {
    return this.told.expect.length === 0 || this.told.expect.some((pattern) => nameFits(pattern, event));
  }

  #arms({ event }: LogEvent): boolean {
    return this.told.after.some((pattern) => nameFits(pattern, event));
  }

  /** Whether there are enough. */
  #count(window: Window, { id }: LogEvent): boolean {
    window.counted = [...window.counted, id];
    window.lastEvent = id;
    return window.counted.length >= this.#needed;
  }

  #open(key: readonly string[], start: number, end: number, lastEvent: string | null): Window {
    const window = { key, start, end, lastEvent, counted: [] };
    this.windows.push(window);
    return window;
  }

  #close(window: Window): void {
    this.windows = this.windows.filter((other) => other !== window);
  }

  #firing({ key, counted }: Window, event: LogEvent): ModelFiring {
    return { time: event.occurred, key, triggeringEvent: event.id, counted };
  }
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

/** 5 */
function keyValue(label: string, { resource, related }: LogEvent): string {
  const parts = label.split(":");
  if (parts[0] === "related" && parts.length > 2) {
    const role = parts.slice(1, -1).join(":");
    const first = related.find((each) => each["prefect.resource.role"] === role);
    if (first !== undefined) return first[parts.at(-1) ?? ""] ?? "";
  }
  return resource[label] ?? "";
}

/** 2 */
function specFits(spec: Readonly<Record<string, string | readonly string[]>>, resource: Labels): boolean {
  return Object.entries(spec).every(([label, patterns]) => {
    const value = resource[label];
    return value !== undefined && [patterns].flat().some((pattern) => fits(pattern, value, 0));
  });
}

/** 3 */
function nameFits(pattern: string, name: string): boolean {
  return fits(pattern, name, 1);
}

function fits(pattern: string, text: string, least: 0 | 1): boolean {
  if (pattern.startsWith("!")) return !covers([...pattern.slice(1)], [...text], least);
  return covers([...pattern], [...text], least);
}

/** Every run that a star may stand for is tried. */
function covers(pattern: readonly string[], text: readonly string[], least: 0 | 1): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return text.length === 0;
  if (first !== "*") return text[0] === first && covers(rest, text.slice(1), least);
  for (let run = least; run <= text.length; run++) if (covers(rest, text.slice(run), least)) return true;
  return false;
}
