import type { Given, Reading } from "../document/reading.ts";
import type { TriggerDefinition } from "./trigger.ts";

/** What depends on how the server is set up. */
export interface TriggerLimits {
  /** The most seconds that a metric may look back: as long as events are kept. No limit where it is left out. */
  maxMetricRange?: number;
}

/** What is handed down while a trigger and its members are read. */
export interface TriggerReading {
  readonly reading: Reading;
  /** Seconds. */
  readonly maxMetricRange: number;
  /** How many members all composites have so far. */
  readonly count: { members: number };
  /** How deep the trigger being read is nested; 0 for the outermost. */
  readonly depth: number;
  /** Fields besides the trigger's own that its object may have. */
  readonly besides: readonly string[];
  /** Reads a member. */
  readMember(within: TriggerReading, given: Given): TriggerDefinition;
}

/** What stands in for a trigger that could not be read; nobody sees it, as its problem is noted. */
export const unreadable: TriggerDefinition = {
  type: "event",
  match: {},
  matchRelated: [],
  after: [],
  expect: [],
  forEach: [],
  posture: "Reactive",
  threshold: 1,
  within: 0,
};
