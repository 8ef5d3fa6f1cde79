import { builder } from "../graphql/builder.ts";
import { resultUnion } from "../graphql/errors.ts";
import type { BulkExtension } from "../transport/bulk.ts";
import { type BacktestReport, backtest, type ReportedFiring } from "./backtest.ts";
import { TriggerInput } from "./graphql-trigger-input.ts";
import { TriggerState } from "./graphql-trigger-state.ts";

const BacktestEventInput = builder.inputType("BacktestEventInput", {
  description:
    "An event of a timeline: delivered at `received`, or, where that is left out, at the later of its `occurred` and the delivery before it (or `start`).",
  fields: (t) => ({
    event: t.string({ required: true, description: "Its name." }),
    resource: t.field({ type: "Labels", required: true, description: "The labels of what it is about." }),
    related: t.field({ type: ["Labels"], description: "Related resources." }),
    payload: t.field({ type: "JSON", description: "A JSON object. Triggers never look at it." }),
    id: t.id({ description: "Any text that is not empty; of events with one id the first is delivered." }),
    occurred: t.field({ type: "DateTime", required: true, description: "When it happens." }),
    received: t.field({ type: "DateTime", description: "When it is delivered; it never falls." }),
    follows: t.id({ description: "The id of an event that is known to have happened before this one." }),
  }),
});

const BacktestFiring = builder.objectRef<ReportedFiring>("BacktestFiring").implement({
  description: "An instance of the trigger going off in a backtest.",
  fields: (t) => ({
    state: t.field({
      type: TriggerState,
      description: "Resolved only ever for metric triggers.",
      resolve: ({ firing }) => firing.state,
    }),
    triggered: t.field({
      type: "DateTime",
      description:
        "When it fires: the delivery of the event that causes it, or the clock's time (`Firing.firedAt`).",
      resolve: ({ firing }) => new Date(firing.firedAt),
    }),
    time: t.field({
      type: "DateTime",
      description: "Event time (`Firing.triggered`).",
      resolve: ({ firing }) => new Date(firing.time),
    }),
    id: t.exposeID("id", {
      nullable: true,
      description: "With `automationId`: the id that the live firing has.",
    }),
    triggeringLabels: t.field({
      type: "Labels",
      description: "The `for_each` labels and their values.",
      resolve: ({ firing }) => firing.labels,
    }),
    triggeringEventIndex: t.int({
      nullable: true,
      description:
        "Position in `events` of the event that causes it; null where the clock does, or where the events are the stored ones.",
      resolve: ({ eventIndex }) => eventIndex,
    }),
    triggeringEventId: t.id({
      nullable: true,
      description: "The event that causes it; null where the clock does.",
      resolve: ({ firing: { cause } }) => (cause.kind === "event" ? cause.eventId : null),
    }),
    countedEventIds: t.idList({
      description: "The last 100 events that counted, oldest first by position.",
      resolve: ({ counted }) => [...counted],
    }),
  }),
});

const BacktestType = builder.objectRef<BacktestReport>("Backtest").implement({
  description: "What an automation would have done. Nothing is stored and no action runs.",
  fields: (t) => ({
    firings: t.field({
      type: [BacktestFiring],
      description: "In the order in which they happen.",
      resolve: ({ firings }) => firings,
    }),
    evaluatedEvents: t.exposeInt("evaluatedEvents", { description: "How many events were delivered." }),
    matchedEvents: t.exposeInt("matchedEvents", {
      description:
        "How many of these concern the trigger: their labels match, and their name is expected or arming.",
    }),
  }),
});

const BacktestResult = resultUnion("BacktestResult", {
  description: "What would have happened, or why that cannot be said.",
  success: BacktestType,
  refusals: ["InvalidInputError", "NotFoundError"],
});

builder.queryField("backtest", (t) =>
  t.field({
    type: BacktestResult,
    extensions: { bulk: true } satisfies BulkExtension,
    description: `What a trigger would have done, from \`start\`, with nothing counted before it, to \`until\`.
Over the given \`events\`, or, where they are left out, over the stored log.
Give exactly one of \`trigger\`, \`document\` (a trigger's document) and \`automationId\`.
At most 100,000 given events, 100,000 firings and 60 s: what is beyond is an InvalidInputError.`,
    args: {
      trigger: t.arg({ type: TriggerInput, description: "As typed input." }),
      document: t.arg({ type: "JSON", description: "As a document, with its `type`." }),
      automationId: t.arg.id({
        description:
          "That of an automation as it is now; the events about the automation itself are left out.",
      }),
      events: t.arg({
        type: [BacktestEventInput],
        description: "In the order in which they are delivered.",
      }),
      start: t.arg({ type: "DateTime", required: true, description: "When watching begins." }),
      until: t.arg({ type: "DateTime", required: true, description: "How far the clock runs, included." }),
    },
    resolve: (_root, args, ctx) => backtest(ctx, args),
  }),
);
