import { builder } from "../graphql/builder.ts";
import { connectionType } from "../graphql/connection.ts";
import { plainly } from "../graphql/errors.ts";
import { countEvents } from "./count-events.ts";
import { Event, eventOf } from "./graphql.ts";
import { EventCount, EventCountBy } from "./graphql-count.ts";
import { EventFilter } from "./graphql-filter.ts";
import { pageOfEvents } from "./page.ts";

const EventConnection = connectionType("EventConnection", {
  description: "Events of the log, by pages.",
  node: Event,
});

builder.queryFields((t) => ({
  event: t.field({
    type: Event,
    nullable: true,
    description: "An event; null where none with this id is kept.",
    args: { id: t.arg.id({ required: true, description: "The event." }) },
    resolve: (_root, { id }, ctx) => eventOf(ctx, id),
  }),
  events: t.field({
    type: EventConnection,
    description: `Events, newest first unless \`ascending\`, in the order of the log. Go on behind \`endCursor\` while there is a next page.
A filter that fits few of many events may give a page that is not full, or empty, with a next page: it goes on from where the search stood after a second.`,
    args: {
      filter: t.arg({ type: EventFilter, description: "Which events; all where it is left out." }),
      first: t.arg.int({ defaultValue: 50, description: "How many at most, up to 500." }),
      after: t.arg.string({ description: "Go on behind this cursor, in the direction of the list." }),
      ascending: t.arg.boolean({ defaultValue: false, description: "Oldest first." }),
    },
    resolve: async (_root, args, ctx) => ({
      page: await plainly(pageOfEvents(ctx, args)),
    }),
  }),
  eventCounts: t.field({
    type: [EventCount],
    description: `How many events there were between \`occurredAfter\` (24 h ago where it is left out) and \`occurredBefore\` (now).
By TIME in at most 100 equal steps, also those without events; by EVENT and RESOURCE the 100 most frequent, most frequent first.`,
    args: {
      filter: t.arg({ type: EventFilter, description: "Which events; all where it is left out." }),
      by: t.arg({ type: EventCountBy, required: true, description: "What is counted apart." }),
    },
    resolve: (_root, { filter, by }, ctx) => plainly(countEvents(ctx, filter, by)),
  }),
}));
