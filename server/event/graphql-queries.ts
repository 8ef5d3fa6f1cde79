import { builder } from "../graphql/builder.ts";
import { Event, eventOf } from "./graphql.ts";

builder.queryFields((t) => ({
  event: t.field({
    type: Event,
    nullable: true,
    description: "An event; null where none with this id is kept.",
    args: { id: t.arg.id({ required: true, description: "The event." }) },
    resolve: (_root, { id }, ctx) => eventOf(ctx, id),
  }),
}));
