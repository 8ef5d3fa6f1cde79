import { GraphQLError } from "graphql";
import type { InvalidInputError } from "../../core/error.ts";
import type { GivenEvent } from "../../core/event/parse-event.ts";
import { builder } from "../graphql/builder.ts";
import { resultUnion } from "../graphql/errors.ts";
import type { BulkExtension } from "../transport/bulk.ts";
import { emitEvent, emitEvents } from "./emit-event.ts";
import { OverloadedError } from "./event-writer.ts";
import { Event } from "./graphql.ts";
import type { EventRow } from "./row.ts";

/** Events of one call. */
const maxEvents = 1_000;

const EventInput = builder.inputType("EventInput", {
  description: "An event that is to be stored: at most 1,500,000 bytes as JSON.",
  fields: (t) => ({
    event: t.string({
      required: true,
      description: "Its name, such as `order.created`; at most 1024 characters.",
    }),
    resource: t.field({
      type: "Labels",
      required: true,
      description:
        "The labels of what it is about, at most 500; needs a `prefect.resource.id` that is not empty.",
    }),
    related: t.field({
      type: ["Labels"],
      description:
        "Related resources, at most 100, each with a `prefect.resource.id` and a `prefect.resource.role` that are not empty.",
    }),
    payload: t.field({
      type: "JSON",
      description: "What else is to be said: a JSON object, at most 64 levels deep.",
    }),
    id: t.id({
      description: "A UUID. An id seen before makes the call a no-op that answers the stored event.",
    }),
    occurred: t.field({
      type: "DateTime",
      description: "When it happened; now where it is left out. At most 300 s ahead of the server's clock.",
    }),
    follows: t.id({ description: "The id of an event that is known to have happened before this one." }),
  }),
});

const EmitEventResult = resultUnion("EmitEventResult", {
  description: "The stored event, or the one that was stored before under the same id.",
  success: Event,
  refusals: ["InvalidInputError"],
});

const EmitEventsPayload = builder
  .objectRef<{ results: (EventRow | InvalidInputError)[] }>("EmitEventsPayload")
  .implement({
    description: "What became of the events of one call.",
    fields: (t) => ({
      results: t.field({
        type: [EmitEventResult],
        description: "Of each event, in the order of the argument.",
        resolve: ({ results }) => results,
      }),
    }),
  });

const flowRunId =
  "The run whose code emits: it, its flow, its deployment, its queue and pool, and its tags become related resources where the event does not name them itself.";

builder.mutationFields((t) => ({
  emitEvent: t.field({
    type: EmitEventResult,
    description: "Store an event at the end of the log; triggers judge it from there.",
    args: {
      event: t.arg({ type: EventInput, required: true, description: "The event." }),
      flowRunId: t.arg.id({ description: flowRunId }),
    },
    resolve: (_root, { event, ...options }, ctx) =>
      orOverloaded(emitEvent(ctx, event satisfies GivenEvent, options)),
  }),
  emitEvents: t.field({
    type: EmitEventsPayload,
    extensions: { bulk: true } satisfies BulkExtension,
    description: `Store events at the end of the log, in their order; each stands or falls alone.
At most 1,000 a call: more is an error with the code TOO_MANY_EVENTS, and nothing is stored. What GraphQL's types refuse (a missing field, a malformed DateTime) refuses the call.`,
    args: {
      events: t.arg({ type: [EventInput], required: true, description: "The events." }),
      flowRunId: t.arg.id({ description: flowRunId }),
    },
    resolve: async (_root, { events, ...options }, ctx) => {
      if (events.length > maxEvents) throw tooMany(events.length);
      return { results: await orOverloaded(emitEvents(ctx, events, options)) };
    },
  }),
}));

function tooMany(count: number): GraphQLError {
  const message = `events: ${count} events are too many for one call; send at most ${maxEvents}. Nothing was stored.`;
  return new GraphQLError(message, { extensions: { code: "TOO_MANY_EVENTS" } });
}

/** More than can be stored is no refusal of what was sent: it may be sent again. */
async function orOverloaded<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof OverloadedError)) throw error;
    throw new GraphQLError(error.message, { extensions: { code: "OVERLOADED" } });
  }
}
