import { builder } from "../graphql/builder.ts";
import { resultUnion } from "../graphql/errors.ts";
import { ActionRun } from "./graphql.ts";
import { retryActionRun } from "./retry-action-run.ts";

const ActionRunResult = resultUnion("ActionRunResult", {
  description: "The action run as it is now, or why nothing was done with it.",
  success: ActionRun,
  refusals: ["NotFoundError", "ActionNotFailedError"],
});

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
