import { FlowRun } from "../flow-run/graphql.ts";
import { builder } from "../graphql/builder.ts";
import { pageSize } from "../graphql/page-size.ts";
import { Deployment } from "./graphql.ts";
import { recentRuns, upcomingRuns } from "./read-runs.ts";

builder.prismaObjectFields(Deployment, (t) => ({
  upcomingRuns: t.field({
    type: [FlowRun],
    description: "Its runs that are to start, the soonest first; late ones come before all others.",
    args: { first: t.arg.int({ defaultValue: 10, description: "At most so many, up to 500." }) },
    resolve: ({ id }, { first }, ctx) =>
      upcomingRuns(ctx, { deploymentId: id, first: pageSize("first", first ?? 10) }),
  }),
  recentRuns: t.field({
    type: [FlowRun],
    description: "Its runs that have begun, or ended without, the last one first.",
    args: { first: t.arg.int({ defaultValue: 10, description: "At most so many, up to 500." }) },
    resolve: ({ id }, { first }, ctx) =>
      recentRuns(ctx, { deploymentId: id, first: pageSize("first", first ?? 10) }),
  }),
}));
