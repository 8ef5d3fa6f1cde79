import type { JsonObject } from "../json.ts";

/** By what a schedule's times are given. */
export type Timing =
  | { readonly kind: "cron"; readonly cron: string }
  | { readonly kind: "interval"; readonly seconds: number }
  | { readonly kind: "rrule"; readonly rrule: string };

/** What the times of a schedule follow from. */
export interface ScheduleTimes {
  readonly timing: Timing;
  /**
   * The instant that an interval counts from, or a rule's DTSTART where its text has none. Null for cron; else an interval counts from 1970,
   * and a rule from the beginning of 2020 in its time zone.
   */
  readonly anchor: number | null;
  /** As in `Europe/Berlin`. */
  readonly timezone: string;
}

/** A schedule as a deployment defines it. */
export interface ScheduleDefinition extends ScheduleTimes {
  /** Undefined where nothing is said: a new one is active, and an old one stays as it is. */
  readonly active: boolean | undefined;
  /** Laid over the deployment's. */
  readonly parameters: JsonObject;
  /** The most of its runs that may be late at once; null for no limit. */
  readonly maxLateRuns: number | null;
  /** Whether a run that nobody could start in time is begun all the same. */
  readonly catchUp: boolean;
}
