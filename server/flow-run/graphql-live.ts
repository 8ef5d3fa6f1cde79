import { builder } from "../graphql/builder.ts";
import { liveField } from "../live/field.ts";
import type { FlowRunFilter as FlowRunFilterShape } from "./filter.ts";
import { followRequests, type RequestFilter } from "./follow-requests.ts";
import { followRun } from "./follow-run.ts";
import { followRuns } from "./follow-runs.ts";
import { FlowRun } from "./graphql.ts";
import { FlowRunFilter } from "./graphql-filter.ts";
import { showRun } from "./read.ts";

builder.subscriptionFields((t) => ({
  flowRunUpdated: t.field({
    type: FlowRun,
    description: "A run, as it is now and then whenever it changed.",
    args: { flowRunId: t.arg.id({ required: true, description: "The run." }) },
    ...liveField({
      source: (args: { flowRunId: string }, ctx) => followRun(ctx, args),
      resolve: (run, _args, ctx, info) => showRun(ctx, info, run.id),
    }),
  }),
  inputRequested: t.field({
    type: FlowRun,
    description:
      "Every run that waits for an input, longest waiting first; then runs whenever they begin, or stop, to wait for one (`awaitedInput` is null then).",
    args: {
      flowNames: t.arg.stringList({ description: "Only runs of these flows." }),
      tags: t.arg.stringList({ description: "Only runs that have all of these tags." }),
    },
    ...liveField({
      source: (args: RequestFilter, ctx) => followRequests(ctx, args),
      resolve: (run, _args, ctx, info) => showRun(ctx, info, run.id),
    }),
  }),
  flowRunsUpdated: t.field({
    type: FlowRun,
    description: `Runs that satisfy the filter, whenever one of them changes, from now on.
A run that satisfied it earlier in its life comes too, so that a list can let it go: look at its state.
With \`upcoming\`, those come too that do not satisfy it: that time passes is no change. Look at a run's own.`,
    args: { filter: t.arg({ type: FlowRunFilter, description: "Which runs; all where it is left out." }) },
    ...liveField({
      source: (args: { filter?: FlowRunFilterShape | null }, ctx) => followRuns(ctx, args),
      resolve: (run, _args, ctx, info) => showRun(ctx, info, run.id),
    }),
  }),
}));
