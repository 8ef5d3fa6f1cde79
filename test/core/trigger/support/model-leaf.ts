import type { LogEvent } from "../../../../core/event/event.ts";
import { keyValue, nameFits, specFits } from "./model-fits.ts";

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

/** A firing of a trigger of any level. */
export interface ModelFiring {
  readonly time: number;
  readonly key: readonly string[];
  /** The event that caused it, or the last that touched the window that passed. */
  readonly triggeringEvent: string | null;
  /** In the order of counting. */
  readonly counted: readonly string[];
}

/** Where an event trigger counts for a key. */
export interface Window {
  readonly key: readonly string[];
  readonly start: number;
  /** Infinite where there is none. */
  readonly end: number;
  counted: string[];
  lastEvent: string | null;
}

/** Whether two keys are one. */
export function sameKey(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** 5 to 7: an event trigger. */
export class Leaf {
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
