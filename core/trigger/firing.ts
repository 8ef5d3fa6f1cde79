import type { Labels } from "../event/event.ts";

export type FiringState = "Triggered" | "Resolved";

/** What made a trigger fire: an event that was judged, or an instant at which something was due. */
export type Cause =
  | { readonly kind: "event"; readonly eventId: string; readonly position: number }
  /**
   * `path`: indexes of the members down to the leaf whose window (or metric) was due; `key`: its bucket's values; `end`: that instant.
   * `lastEvent`: the last event that touched it; windows of one key may end at the same instant, but no two of them with the same event.
   */
  | {
      readonly kind: "clock";
      readonly path: readonly number[];
      readonly key: readonly string[];
      readonly end: number;
      readonly lastEvent: string | null;
    };

/** A member's firing that a composite's firing carries. */
export interface MemberFiring {
  readonly triggerId: string;
  readonly time: number;
  /** The `for_each` labels and their values. */
  readonly labels: Labels;
  readonly triggeringEventId: string | null;
}

/** One going off of a trigger. Instants are milliseconds. */
export interface TriggerFiring {
  readonly triggerId: string;
  readonly state: FiringState;
  /** Event time: the `occurred` of the event, or the end of the window that passed. */
  readonly time: number;
  /** The delivery of the event that caused it, or the clock's time. */
  readonly firedAt: number;
  readonly cause: Cause;
  /** Which of the trigger's firings of this cause it is, from 0. */
  readonly ordinal: number;
  /** The values of the `for_each` labels, in the order of the labels' names; empty for composites. */
  readonly key: readonly string[];
  /** The same as label and value. */
  readonly labels: Labels;
  /** The event that caused it; of the clock's firing the last that touched the bucket, or null. */
  readonly triggeringEventId: string | null;
  /** Ids of the last 100 events that counted, in the order in which they did. */
  readonly counted: readonly string[];
  /** Of a composite, all its members' firings that completed it. */
  readonly members: readonly MemberFiring[];
  readonly metricValue: number | null;
}
