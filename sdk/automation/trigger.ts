/** Labels with what they must be: any of several values, `*` for any run of characters, `!` at the start negates. */
export type LabelSpec = Record<string, string | string[]>;

/** Fires on the presence of events (Reactive, the default) or on their absence (Proactive). Times are seconds. */
export interface EventTrigger {
  type: "event";
  /** Of the resource that the event is about. */
  match?: LabelSpec;
  /** Of its related resources; of a list, each member must hold on one of them. */
  matchRelated?: LabelSpec | LabelSpec[];
  /** Names of events that must have been seen before. */
  after?: string[];
  /** Names of the events that count; every one where it is left out. */
  expect?: string[];
  /** Labels whose values are counted apart, such as `prefect.resource.id`. */
  forEach?: string[];
  /** Whether it fires on their presence (Reactive, the default) or on their absence. */
  posture?: "Reactive" | "Proactive";
  /** How many; 1 by default. */
  threshold?: number;
  /** Reactive: 0 by default, which is no window. Proactive: 10 by default, and at least. */
  within?: number;
}

/** Fires when all, any, or a number of its members have fired, in any order. */
export interface CompoundTrigger {
  type: "compound";
  require: "any" | "all" | number;
  triggers: Trigger[];
  /** Seconds that their firings may lie apart; any time where it is left out. */
  within?: number;
}

/** Fires when its members have fired in their order. */
export interface SequenceTrigger {
  type: "sequence";
  triggers: Trigger[];
  /** Seconds that their firings may lie apart; any time where it is left out. */
  within?: number;
}

/** Fires when a figure over the runs of the last `range` seconds has been so for `firingFor` seconds. */
export interface MetricTrigger {
  type: "metric";
  match?: LabelSpec;
  matchRelated?: LabelSpec | LabelSpec[];
  metric: {
    name: "successes" | "duration" | "lateness";
    operator: "<" | "<=" | ">" | ">=";
    threshold: number;
    /** 300 by default, and at least; at most as long as events are kept. */
    range?: number;
    /** 300 by default, and at least. */
    firingFor?: number;
  };
}

/** What an automation watches. */
export type Trigger = EventTrigger | CompoundTrigger | SequenceTrigger | MetricTrigger;
