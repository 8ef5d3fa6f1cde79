import type { Context } from "../context.ts";
import { batched } from "../graphql/batch.ts";
import { builder } from "../graphql/builder.ts";
import { Node } from "../graphql/node.ts";
import { readEvents } from "./read-events.ts";
import type { EventRow } from "./row.ts";

/** An event of the log, for every field that shows one. */
export const Event = builder.objectRef<EventRow>("Event").implement({
  description: "Something that happened to a resource.",
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID("id", { description: "A UUID: the identity of the event everywhere." }),
    cursor: t.string({
      description: "Its position in the event log: pass it as `after` to go on behind this event.",
      resolve: (event) => String(event.position),
    }),
    event: t.exposeString("event", { description: "Its name, such as `order.created`." }),
    occurred: t.expose("occurred", {
      type: "DateTime",
      description: "When it happened, by its sender's clock.",
    }),
    received: t.expose("received", {
      type: "DateTime",
      description: "When it was stored, by the log's clock; it never falls along the log.",
    }),
    resource: t.expose("resource", {
      type: "Labels",
      description: "The labels of the resource that it is about; `prefect.resource.id` is always there.",
    }),
    related: t.expose("related", {
      type: ["Labels"],
      description:
        "The resources that it is related to, each with its `prefect.resource.id` and `prefect.resource.role`.",
    }),
    payload: t.expose("payload", {
      type: "JSON",
      description: "What else is to be said of it: a JSON object.",
    }),
    follows: t.exposeID("follows", {
      nullable: true,
      description: "The id of an event that is known to have happened before this one.",
    }),
  }),
});

/** The event of this id, null where it is not kept; all that fields ask for at once are read together. */
export const eventOf: (ctx: Context, id: string) => Promise<EventRow | null> = batched(readEvents);
