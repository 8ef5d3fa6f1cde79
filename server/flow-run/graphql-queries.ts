import { queryFromInfo } from "@pothos/plugin-prisma";
import { builder } from "../graphql/builder.ts";
import { FlowRun, FlowRunConnection } from "./graphql.ts";
import { FlowRunFilter } from "./graphql-filter.ts";
import { pageOfRuns, readRun } from "./read.ts";

builder.queryFields((t) => ({
  flowRun: t.prismaField({
    type: FlowRun,
    nullable: true,
    description: "A run; null where there is none with this id.",
    args: { id: t.arg.id({ required: true, description: "The run." }) },
    resolve: (query, _root, { id }, ctx) => readRun(ctx, id, query),
  }),
  flowRuns: t.field({
    type: FlowRunConnection,
    description: "Runs, newest first; where the filter asks for upcoming ones, the soonest first.",
    args: {
      filter: t.arg({ type: FlowRunFilter, description: "Which runs; all where it is left out." }),
      first: t.arg.int({ defaultValue: 50, description: "How many at most, up to 500." }),
      after: t.arg.string({ description: "Go on behind this cursor, towards older runs, or later ones." }),
    },
    resolve: (_root, args, ctx, info) =>
      pageOfRuns(ctx, args, queryFromInfo({ context: ctx, info, paths: [["nodes"]] })),
  }),
}));
