/** What a resource's labels must be: each label with the patterns of which one must fit. */
export type LabelSpec = Readonly<Record<string, readonly string[]>>;

interface Identified {
  /** Given by the server. A changed trigger gets new ones at every level, an unchanged one keeps them. */
  readonly id: string;
}

/** Watches for the presence (Reactive) or the absence (Proactive) of events. Lists that are sets are sorted and without repetition. */
export interface EventTrigger extends Identified {
  readonly type: "event";
  readonly match: LabelSpec;
  /** Each member must hold on some related resource. */
  readonly matchRelated: readonly LabelSpec[];
  readonly after: readonly string[];
  readonly expect: readonly string[];
  readonly forEach: readonly string[];
  readonly posture: "Reactive" | "Proactive";
  /** As it was given; a reactive 0 acts as 1. */
  readonly threshold: number;
  /** Seconds, as they count: a proactive 0 is 10 here. */
  readonly within: number;
}

/** Fires when enough of its members have. */
export interface CompoundTrigger extends Identified {
  readonly type: "compound";
  readonly require: "any" | "all" | number;
  readonly triggers: readonly Trigger[];
  /** Seconds; null for no limit. */
  readonly within: number | null;
}

/** Fires when its members have, in their order. */
export interface SequenceTrigger extends Identified {
  readonly type: "sequence";
  readonly triggers: readonly Trigger[];
  /** Seconds; null for no limit. */
  readonly within: number | null;
}

export type MetricName = "successes" | "duration" | "lateness";
export type MetricOperator = "<" | "<=" | ">" | ">=";

/** Watches a figure over the runs of the last `range` seconds, and resolves when it is well again. */
export interface MetricTrigger extends Identified {
  readonly type: "metric";
  readonly match: LabelSpec;
  readonly matchRelated: readonly LabelSpec[];
  readonly metric: {
    readonly name: MetricName;
    readonly operator: MetricOperator;
    readonly threshold: number;
    /** Seconds looked back. */
    readonly range: number;
    /** Seconds that a change must last. */
    readonly firingFor: number;
  };
}

/** What an automation watches, checked and with every default filled in. */
export type Trigger = EventTrigger | CompoundTrigger | SequenceTrigger | MetricTrigger;

type WithoutIds<T> = T extends { readonly triggers: readonly Trigger[] }
  ? Omit<T, "id" | "triggers"> & { readonly triggers: readonly TriggerDefinition[] }
  : Omit<T, "id">;

/** A trigger as a user defines it: without the ids that the server gives. */
export type TriggerDefinition =
  | WithoutIds<EventTrigger>
  | WithoutIds<CompoundTrigger>
  | WithoutIds<SequenceTrigger>
  | WithoutIds<MetricTrigger>;
