import { FlowRun } from "../flow-run/graphql.ts";
import { builder } from "../graphql/builder.ts";
import { whyItWaits } from "./waits-because.ts";

builder.prismaObjectFields(FlowRun, (t) => ({
  waitsBecause: t.string({
    nullable: true,
    description: `Why it does not begin, as what completes "it waits because …": its time has not come; its deployment, work queue or work pool is paused or has as many runs under way as it may; or nobody is there to take it.
Null where its state is not of the type SCHEDULED, or nothing keeps it.`,
    resolve: ({ id, stateType }, _args, ctx) => (stateType === "SCHEDULED" ? whyItWaits(ctx, id) : null),
  }),
}));
