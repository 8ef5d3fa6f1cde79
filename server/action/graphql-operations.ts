import { builder } from "../graphql/builder.ts";
import { connectionType } from "../graphql/connection.ts";
import { ActionRunStatus, resultUnion } from "../graphql/errors.ts";
import { discardActionRun } from "./discard-action-run.ts";
import { ActionRun } from "./graphql.ts";
import { pageOfActionRuns } from "./read-action-runs.ts";
import { retryActionRun } from "./retry-action-run.ts";

const ActionRunResult = resultUnion("ActionRunResult", {
  description: "The action run as it is now, or why nothing was done with it.",
  success: ActionRun,
  refusals: ["NotFoundError", "ActionNotFailedError"],
});

const ActionRunConnection = connectionType("ActionRunConnection", {
  description: "Action runs, those of the newest firings first, by pages.",
  node: ActionRun,
});

builder.queryField("actionRuns", (t) =>
  t.field({
    type: ActionRunConnection,
    description:
      "Action runs, those of the newest firings first, as long as firings are kept. With `status: [FAILED], discarded: false` what could not be carried out, for `retryActionRun` and `discardActionRun`.",
    args: {
      automationId: t.arg.id({ description: "Those of this automation; all where it is left out." }),
      status: t.arg({
        type: [ActionRunStatus],
        description: "Those that are so far; all where it is left out.",
      }),
      discarded: t.arg.boolean({
        description: "Those that were discarded, or (false) those that were not; all where it is left out.",
      }),
      first: t.arg.int({ defaultValue: 50, description: "How many, up to 500." }),
      after: t.arg.string({ description: "Go on behind this cursor." }),
    },
    resolve: async (_root, args, ctx) => ({ page: await pageOfActionRuns(ctx, args) }),
  }),
);

builder.mutationField("retryActionRun", (t) =>
  t.field({
    type: ActionRunResult,
    description:
      "Carry out an action run that failed once more: under the same id, so that nothing is done twice, and sending what it sent. Also where the action is disabled, which a success ends.",
    args: { id: t.arg.id({ required: true, description: "The action run." }) },
    resolve: async (_root, { id }, ctx) =>
      ctx.prisma.actionRun.findUniqueOrThrow({ where: { id: await retryActionRun(ctx, id) } }),
  }),
);

builder.mutationField("discardActionRun", (t) =>
  t.field({
    type: ActionRunResult,
    description:
      "Say of an action run that failed that nothing is to be done about it. `retryActionRun` takes that back.",
    args: { id: t.arg.id({ required: true, description: "The action run." }) },
    resolve: async (_root, { id }, ctx) =>
      ctx.prisma.actionRun.findUniqueOrThrow({ where: { id: await discardActionRun(ctx, id) } }),
  }),
);
