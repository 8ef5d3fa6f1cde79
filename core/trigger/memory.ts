import type { FiringState, MemberFiring } from "./firing.ts";

/** What a trigger that is no event trigger keeps. Plain data: JSON there and back changes nothing. */
export type Memory = CompositeMemory | MetricMemory;

/** The latest firing of each member of a composite. */
export interface CompositeMemory {
  readonly kind: "composite";
  /** Time alone changes nothing. */
  readonly dueAt: null;
  /** The number of the firing that is remembered next: it rises with each. */
  readonly next: number;
  /** At most one of each member, in the order of the members. */
  readonly remembered: readonly RememberedFiring[];
}

/** A member's firing as its parent remembers it. */
export interface RememberedFiring {
  /** The member's place among the parent's. */
  readonly member: number;
  /** Orders firings of the same time: by their processing. */
  readonly order: number;
  readonly firing: MemberFiring;
  /** Ids of the last events that counted towards it. */
  readonly counted: readonly string[];
}

/** The runs in a metric's range, and how the figure has stood. */
export interface MetricMemory {
  readonly kind: "metric";
  /** The next instant of the evaluation clock at which the figure may change or a change has lasted; null for none. */
  readonly dueAt: number | null;
  readonly state: FiringState;
  /** Since when the figure has been contrary to the state; null while it agrees. */
  readonly since: number | null;
  /** Up to when it has been judged. */
  readonly judgedAt: number;
  /** The figure from then on, until something changes; null for no data. */
  readonly value: number | null;
  /** The last event that it took in. */
  readonly lastEvent: string | null;
  readonly runs: Readonly<Record<string, MetricRun>>;
}

/** What a metric knows of a run. */
export type MetricRun = SuccessRun | SpanRun;

/** For `successes`. */
export interface SuccessRun {
  readonly kind: "success";
  /** When it last became Pending; null where that is not known. */
  readonly pending: number | null;
  /** Its latest known state and when it came to it. */
  readonly state: string;
  readonly stateAt: number;
}

/** For `duration` and `lateness`: the time between two states. */
export interface SpanRun {
  readonly kind: "span";
  /** The beginning of a span that has not ended. */
  readonly open: number | null;
  /** The last span that ended; its beginning is null where that is not known. */
  readonly ended: { readonly from: number | null; readonly to: number } | null;
}
