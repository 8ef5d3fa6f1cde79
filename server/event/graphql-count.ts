import { builder } from "../graphql/builder.ts";
import type { EventCountRow } from "./count-events.ts";

export const EventCountBy = builder.enumType("EventCountBy", {
  description: "What events are counted by.",
  values: {
    TIME: { description: "By when they happened." },
    EVENT: { description: "By their names." },
    RESOURCE: { description: "By the ids of their resources." },
  } as const,
});

export const EventCount = builder.objectRef<EventCountRow>("EventCount").implement({
  description: "A number of events.",
  fields: (t) => ({
    label: t.exposeString("label", {
      description: "The name or the resource's id; of a step of time its beginning, as RFC 3339 text.",
    }),
    count: t.exposeInt("count", { description: "How many." }),
    start: t.expose("start", { type: "DateTime", description: "The beginning of the time that is counted." }),
    end: t.expose("end", { type: "DateTime", description: "Its end, which does not belong to it." }),
  }),
});
