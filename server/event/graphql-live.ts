import { builder } from "../graphql/builder.ts";
import { plainly } from "../graphql/errors.ts";
import { StreamGap } from "../graphql/stream-gap.ts";
import { liveField } from "../live/field.ts";
import { Gap } from "../live/gap.ts";
import { followEvents } from "./follow-events.ts";
import { Event } from "./graphql.ts";
import { EventFilter } from "./graphql-filter.ts";
import type { GivenFilter } from "./parse-filter.ts";

const EventStreamItem = builder.unionType("EventStreamItem", {
  description: "An event, or what stands in the place of events that are gone.",
  types: [Event, StreamGap],
  resolveType: (item) => (item instanceof Gap ? StreamGap : Event),
});

builder.subscriptionField("events", (t) =>
  t.field({
    type: EventStreamItem,
    description:
      "Events as they are stored, in the order of the log: those behind `after` and then the new ones, or the new ones alone where it is left out.",
    args: {
      filter: t.arg({ type: EventFilter, description: "Which events; all where it is left out." }),
      after: t.arg.string({ description: "Go on behind this cursor." }),
    },
    ...liveField({
      source: (args: { filter?: GivenFilter | null; after?: string | null }, ctx) =>
        plainly((async () => followEvents(ctx, args))()),
      resolve: (item) => item,
    }),
  }),
);
