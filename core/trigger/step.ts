import type { Bucket } from "./bucket.ts";
import type { Memory } from "./memory.ts";

/** What one input did to one trigger: a leaf's window, or what a composite remembers. */
export type Step = BucketStep | MemoryStep;

interface AnyStep {
  readonly triggerId: string;
  /** Indexes of the members from the root to this trigger. */
  readonly path: readonly number[];
}

export interface BucketStep extends AnyStep {
  readonly kind: "bucket";
  readonly key: readonly string[];
  readonly before: Bucket | null;
  readonly after: Bucket | null;
  readonly outcome: BucketOutcome;
}

export interface MemoryStep extends AnyStep {
  readonly kind: "memory";
  readonly before: Memory | null;
  readonly after: Memory | null;
  readonly outcome: CompositeOutcome | MetricOutcome;
}

/** What an event, or the end of a window, did. Counts are after it. */
export type BucketOutcome =
  | { readonly kind: "fired"; readonly count: number; readonly needed: number }
  | { readonly kind: "counted"; readonly count: number; readonly needed: number }
  /** The window was opened; what opened it is not counted. */
  | { readonly kind: "armed" }
  /** Enough came in time; `rearmed` where the event opened the next window at once. */
  | { readonly kind: "satisfied"; readonly count: number; readonly rearmed: boolean }
  /** A window ended with fewer than were needed, and the trigger fired. */
  | { readonly kind: "missed"; readonly count: number; readonly needed: number }
  /** Watching began, with no event. */
  | { readonly kind: "started" }
  | { readonly kind: "ignored"; readonly reason: Ignored };

/** Why an event did nothing. */
export type Ignored =
  /** Nothing came before it after which it would count. */
  | { readonly kind: "not-armed" }
  /** What it would count after came too long before: that window ended at `end`. */
  | { readonly kind: "window-over"; readonly end: number }
  /** It occurred before the window began; `firedAt` where the trigger is silent since it fired then. */
  | { readonly kind: "too-old"; readonly start: number; readonly firedAt: number | null }
  /** It occurred at or after the end of a window whose end the clock has not reached. */
  | { readonly kind: "ahead-of-window"; readonly end: number }
  /** It arms what is armed already. */
  | { readonly kind: "already-armed"; readonly start: number | null }
  /** It arms and is expected, which with `within` 0 can never come after itself. */
  | { readonly kind: "cannot-follow-itself" }
  /** An absence of fewer than 0 events is never. */
  | { readonly kind: "threshold-zero" };

/** What firings of members did to their parent. */
export type CompositeOutcome =
  | { readonly kind: "fired" }
  /** `members`: the places of those remembered now; `forgotten`: of those that had become too old. */
  | {
      readonly kind: "waiting";
      readonly members: readonly number[];
      readonly needed: number;
      readonly forgotten: readonly number[];
      /** All are there, but not in their order. */
      readonly outOfOrder: boolean;
    };

/** How a metric's figure stands. */
export type MetricOutcome =
  | { readonly kind: "fired" }
  /** `value`: null for no data; `since`: since when it has been contrary to the state, null while it agrees. */
  | {
      readonly kind: "measured";
      readonly value: number | null;
      readonly breach: boolean;
      readonly since: number | null;
    };
