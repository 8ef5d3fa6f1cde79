import { builder } from "../graphql/builder.ts";
import { Metric, MetricOperator, Posture } from "./graphql-trigger.ts";

/** A trigger as typed input: `parseTriggerInput` looks at what is in it, also that it has one member. */
export const TriggerInput = builder.inputRef<object>("TriggerInput");

const match = "What the labels of the event's own resource must be; anything where it is left out.";
const matchRelated = "Each must hold on some related resource.";
const limit = "How far their firings may lie apart, in seconds; any time where it is left out or null.";

const EventTriggerInput = builder.inputType("EventTriggerInput", {
  description: "Watches for events, or for their absence.",
  fields: (t) => ({
    match: t.field({ type: "LabelSpec", description: match }),
    matchRelated: t.field({ type: ["LabelSpec"], description: matchRelated }),
    after: t.stringList({ description: "Names of events after which watching begins." }),
    expect: t.stringList({
      description:
        "Names of the events that count, `*` for at least one character; every name where it is left out.",
    }),
    forEach: t.stringList({
      description: "Labels by whose values it counts apart, such as `prefect.resource.id`.",
    }),
    posture: t.field({ type: Posture, defaultValue: "Reactive", description: "What it waits for." }),
    threshold: t.int({ defaultValue: 1, description: "How many events it takes; at least 0." }),
    within: t.float({
      description:
        "The length of its window in seconds. Reactive: 0 where it is left out, for none. Proactive: at least 10, which is also what 0 means and the default.",
    }),
  }),
});

const CompoundTriggerInput = builder.inputType("CompoundTriggerInput", {
  description: "Fires when enough of its members have, in any order.",
  fields: (t) => ({
    require: t.string({
      required: true,
      description: "How many members it takes: `any`, `all` or a number as text.",
    }),
    triggers: t.field({
      type: [TriggerInput],
      required: true,
      description: "The members: at least one, nested at most 8 deep, at most 100 in all.",
    }),
    within: t.float({ description: limit }),
  }),
});

const SequenceTriggerInput = builder.inputType("SequenceTriggerInput", {
  description: "Fires when its members have, in their order.",
  fields: (t) => ({
    triggers: t.field({
      type: [TriggerInput],
      required: true,
      description: "The members: at least one, nested at most 8 deep, at most 100 in all.",
    }),
    within: t.float({ description: limit }),
  }),
});

const MetricConditionInput = builder.inputType("MetricConditionInput", {
  description: "A figure and its limit.",
  fields: (t) => ({
    name: t.field({ type: Metric, required: true, description: "Which figure." }),
    operator: t.field({ type: MetricOperator, required: true, description: "How it is compared." }),
    threshold: t.float({ required: true, description: "With what it is compared." }),
    range: t.float({
      description: "How far it looks back, in seconds: 300 where it is left out, and at least.",
    }),
    firingFor: t.float({
      description: "How long a change must last, in seconds: 300 where it is left out, and at least.",
    }),
  }),
});

const MetricTriggerInput = builder.inputType("MetricTriggerInput", {
  description: "Watches a figure over runs.",
  fields: (t) => ({
    match: t.field({ type: "LabelSpec", description: match }),
    matchRelated: t.field({ type: ["LabelSpec"], description: matchRelated }),
    metric: t.field({ type: MetricConditionInput, required: true, description: "The figure and its limit." }),
  }),
});

TriggerInput.implement({
  description: "A trigger: exactly one of its kinds. It gets ids from the server.",
  isOneOf: true,
  fields: (t) => ({
    event: t.field({ type: EventTriggerInput, description: "Watches for events, or for their absence." }),
    compound: t.field({ type: CompoundTriggerInput, description: "Fires when enough members have." }),
    sequence: t.field({ type: SequenceTriggerInput, description: "Fires when members have in order." }),
    metric: t.field({ type: MetricTriggerInput, description: "Watches a figure over runs." }),
  }),
});
