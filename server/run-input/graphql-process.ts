import { ReportResult } from "../flow-run/graphql-report.ts";
import { builder } from "../graphql/builder.ts";
import { plainly } from "../graphql/errors.ts";
import { claimInputs } from "./claim-inputs.ts";
import { RunInput } from "./graphql.ts";
import { ChannelInput } from "./graphql-channel.ts";
import { ReceivePositionInput } from "./graphql-finished.ts";
import { receivePosition } from "./receive-position.ts";
import { releaseInputs } from "./release-inputs.ts";
import { renewInputClaims } from "./renew-input-claims.ts";
import { reportInputs } from "./report-inputs.ts";

builder.mutationFields((t) => ({
  reportInputs: t.field({
    type: ReportResult,
    description: "What the run's code has been handed, what it refused, and how far its named receivers are.",
    args: {
      flowRunId: t.arg.id({ required: true, description: "The run." }),
      execution: t.arg.int({
        description:
          "Its execution; left out by a receiver outside the run's code, of which `positions` are taken and what it claimed as `consumer`.",
      }),
      consumer: t.arg.id({ description: "The consumer of an exclusive channel that reports." }),
      delivered: t.arg.idList({ description: "Inputs that the code was handed." }),
      invalid: t.arg.idList({ description: "Inputs that the code refused." }),
      positions: t.arg({ type: [ReceivePositionInput], description: "Positions of named receivers." }),
    },
    resolve: async (_root, args, ctx) => {
      await reportInputs(ctx, args);
      return { ok: true };
    },
  }),
  claimInputs: t.field({
    type: [RunInput],
    description:
      "Take the next messages of an exclusive channel: leased for 30 s to a consumer, and given again where they are neither reported nor renewed.",
    args: {
      flowRunId: t.arg.id({ required: true, description: "The run." }),
      execution: t.arg.int({ description: "Its execution; left out by a consumer outside the run's code." }),
      channel: t.arg({ type: ChannelInput, required: true, description: "The channel." }),
      consumer: t.arg.id({ required: true, description: "Who takes them: a UUID of the caller's choice." }),
      limit: t.arg.int({ required: true, defaultValue: 1, description: "How many at most." }),
      excludeKeys: t.arg.stringList({ description: "Keys of messages that are left to others." }),
    },
    resolve: (_root, args, ctx) => plainly(claimInputs(ctx, args)),
  }),
  renewInputClaims: t.boolean({
    description:
      "Begin the leases of everything that a consumer holds anew. Answers whether it holds anything.",
    args: { consumer: t.arg.id({ required: true, description: "The consumer." }) },
    resolve: (_root, args, ctx) => plainly(renewInputClaims(ctx, args)),
  }),
  releaseInputs: t.boolean({
    description: "Give back what a consumer holds. Answers whether it held anything.",
    args: { consumer: t.arg.id({ required: true, description: "The consumer." }) },
    resolve: (_root, args, ctx) => plainly(releaseInputs(ctx, args)),
  }),
}));

builder.queryField("receivePosition", (t) =>
  t.int({
    nullable: true,
    description:
      "The last input that a named receiver of a run's channel has finished with; null where none is known.",
    args: {
      flowRunId: t.arg.id({ required: true, description: "The run." }),
      channel: t.arg({ type: ChannelInput, required: true, description: "The channel." }),
      name: t.arg.string({ required: true, description: "The receiver's name." }),
    },
    resolve: (_root, args, ctx) => plainly(receivePosition(ctx, args)),
  }),
);
