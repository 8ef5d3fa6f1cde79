import { specDocument } from "../../core/trigger/document.ts";
import type {
  Trigger as AnyTrigger,
  CompoundTrigger as Compound,
  EventTrigger as OfEvents,
  MetricTrigger as OfMetric,
  SequenceTrigger as Sequence,
} from "../../core/trigger/trigger.ts";
import { builder } from "../graphql/builder.ts";
import { Node } from "../graphql/node.ts";

export const Posture = builder.enumType("Posture", {
  description: "What an event trigger waits for.",
  values: {
    REACTIVE: { value: "Reactive", description: "The presence of events." },
    PROACTIVE: { value: "Proactive", description: "Their absence." },
  },
});

export const Metric = builder.enumType("Metric", {
  description: "A figure over the runs of the last while.",
  values: {
    SUCCESSES: { value: "successes", description: "The share of runs that did not fail, from 0 to 1." },
    DURATION: { value: "duration", description: "How long runs took, on average, in seconds." },
    LATENESS: { value: "lateness", description: "How long late runs waited, on average, in seconds." },
  },
});

export const MetricOperator = builder.enumType("MetricOperator", {
  description: "How a metric is compared with its threshold.",
  values: {
    LT: { value: "<", description: "Less." },
    LTE: { value: "<=", description: "Less or equal." },
    GT: { value: ">", description: "Greater." },
    GTE: { value: ">=", description: "Greater or equal." },
  },
});

const EventTrigger = builder.objectRef<OfEvents>("EventTrigger");
const CompoundTrigger = builder.objectRef<Compound>("CompoundTrigger");
const SequenceTrigger = builder.objectRef<Sequence>("SequenceTrigger");
const MetricTrigger = builder.objectRef<OfMetric>("MetricTrigger");

const types = {
  event: EventTrigger,
  compound: CompoundTrigger,
  sequence: SequenceTrigger,
  metric: MetricTrigger,
};

/** What an automation watches, of any kind. */
export const Trigger = builder.unionType("Trigger", {
  description: "What an automation watches.",
  types: [EventTrigger, CompoundTrigger, SequenceTrigger, MetricTrigger],
  resolveType: (trigger: AnyTrigger) => types[trigger.type],
});

const id = "A UUID, given by the server; a trigger that is changed gets a new one.";
const match = "What the labels of the event's own resource must be.";
const matchRelated = "Each must hold on some related resource.";

EventTrigger.implement({
  description: "Watches for events, or for their absence. Times are in seconds.",
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID("id", { description: id }),
    match: t.field({
      type: "LabelSpec",
      description: match,
      resolve: matchOf,
    }),
    matchRelated: t.field({
      type: ["LabelSpec"],
      description: matchRelated,
      resolve: relatedOf,
    }),
    after: t.stringList({
      description: "Names of events after which watching begins; empty where it always watches.",
      resolve: (trigger) => [...trigger.after],
    }),
    expect: t.stringList({
      description: "Names of the events that count; empty for every name.",
      resolve: (trigger) => [...trigger.expect],
    }),
    forEach: t.stringList({
      description: "Labels by whose values it counts apart.",
      resolve: (trigger) => [...trigger.forEach],
    }),
    posture: t.expose("posture", { type: Posture, description: "What it waits for." }),
    threshold: t.exposeInt("threshold", { description: "How many events it takes." }),
    // Nullable like those of the composites: one selection may ask all of them for it.
    within: t.exposeFloat("within", {
      nullable: true,
      description: "The length of its window; 0 for none. Never null.",
    }),
  }),
});

CompoundTrigger.implement({
  description: "Fires when enough of its members have, in any order.",
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID("id", { description: id }),
    require: t.string({
      description: "How many members it takes: `any`, `all` or a number.",
      resolve: (trigger) => String(trigger.require),
    }),
    triggers: t.field({
      type: [Trigger],
      description: "The members.",
      resolve: (trigger) => [...trigger.triggers],
    }),
    within: t.exposeFloat("within", {
      nullable: true,
      description: "How far their firings may lie apart, in seconds; null for any.",
    }),
  }),
});

SequenceTrigger.implement({
  description: "Fires when its members have, in their order.",
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID("id", { description: id }),
    triggers: t.field({
      type: [Trigger],
      description: "The members, in their order.",
      resolve: (trigger) => [...trigger.triggers],
    }),
    within: t.exposeFloat("within", {
      nullable: true,
      description: "How far their firings may lie apart, in seconds; null for any.",
    }),
  }),
});

const MetricCondition = builder.objectRef<OfMetric["metric"]>("MetricCondition").implement({
  description:
    "Met where the metric, over the last `range` seconds, has satisfied `operator threshold` for `firingFor` seconds.",
  fields: (t) => ({
    name: t.expose("name", { type: Metric, description: "Which figure." }),
    operator: t.expose("operator", { type: MetricOperator, description: "How it is compared." }),
    threshold: t.exposeFloat("threshold", { description: "With what it is compared." }),
    range: t.exposeFloat("range", { description: "How far it looks back, in seconds." }),
    firingFor: t.exposeFloat("firingFor", { description: "How long a change must last, in seconds." }),
  }),
});

MetricTrigger.implement({
  description: "Watches a figure over runs, and resolves when it is well again.",
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID("id", { description: id }),
    match: t.field({
      type: "LabelSpec",
      description: match,
      resolve: matchOf,
    }),
    matchRelated: t.field({
      type: ["LabelSpec"],
      description: matchRelated,
      resolve: relatedOf,
    }),
    metric: t.expose("metric", { type: MetricCondition, description: "The figure and its limit." }),
  }),
});

function matchOf({ match: spec }: OfEvents | OfMetric) {
  return specDocument(spec) as Record<string, string | string[]>; // patterns are texts
}

function relatedOf({ matchRelated: specs }: OfEvents | OfMetric) {
  return specs.map((spec) => specDocument(spec) as Record<string, string | string[]>); // patterns are texts
}
