import "../action/graphql-operations.ts";
import { builder } from "../graphql/builder.ts";
import { plainly } from "../graphql/errors.ts";
import { StreamGap } from "../graphql/stream-gap.ts";
import { liveField } from "../live/field.ts";
import { Gap } from "../live/gap.ts";
import { followFirings } from "./follow-firings.ts";
import { Firing, FiringConnection } from "./graphql.ts";
import { findFiring, pageOfFirings } from "./read.ts";

builder.queryFields((t) => ({
  firing: t.field({
    type: Firing,
    nullable: true,
    description: "A firing by its id; null where there is none, or where retention has taken it.",
    args: { id: t.arg.id({ required: true, description: "Its id." }) },
    resolve: (_root, { id }, ctx) => findFiring(ctx, id),
  }),
  firings: t.field({
    type: FiringConnection,
    description: "Firings, newest first.",
    args: {
      automationId: t.arg.id({ description: "Those of this automation; all where it is left out." }),
      first: t.arg.int({ defaultValue: 50, description: "How many, up to 500." }),
      after: t.arg.string({ description: "Those older than this cursor." }),
    },
    resolve: async (_root, args, ctx) => ({ page: await pageOfFirings(ctx, args), totalCount: () => 0 }),
  }),
}));

const FiringStreamItem = builder.unionType("FiringStreamItem", {
  description: "A firing, or what stands in the place of firings that are gone.",
  types: [Firing, StreamGap],
  resolveType: (item) => (item instanceof Gap ? StreamGap : Firing),
});

builder.subscriptionField("triggerFired", (t) =>
  t.field({
    type: FiringStreamItem,
    description:
      "Firings as they happen, in their order: those behind `after` and then the new ones, or the new ones alone where it is left out.",
    args: {
      automationId: t.arg.id({ description: "Those of this automation; all where it is left out." }),
      after: t.arg.string({ description: "Go on behind this cursor." }),
    },
    ...liveField({
      source: (args: { automationId?: string | null; after?: string | null }, ctx) =>
        plainly((async () => followFirings(ctx, args))()),
      resolve: (item) => item,
    }),
  }),
);
