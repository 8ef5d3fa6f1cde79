import { builder } from "../graphql/builder.ts";
import { resultUnion } from "../graphql/errors.ts";
import { cancel } from "./cancel.ts";
import { deleteRun } from "./delete-run.ts";
import { FlowRun } from "./graphql.ts";
import { showRun } from "./read.ts";
import { retry } from "./retry.ts";
import { suspend } from "./suspend.ts";

const FlowRunResult = resultUnion("FlowRunResult", {
  description: "The run as it is now, or why nothing was done with it.",
  success: FlowRun,
  refusals: ["StateConflictError", "NotFoundError", "InvalidInputError"],
});

builder.mutationFields((t) => ({
  suspend: t.field({
    type: FlowRunResult,
    description:
      "Ask a running run to stop and give its infrastructure back until it is resumed. It stops where its code next starts a task or asks.",
    args: {
      flowRunId: t.arg.id({ required: true, description: "The run." }),
      timeout: t.arg.float({
        description: "Seconds after which the wait ends; 3600 where it is left out, no end where it is null.",
      }),
    },
    resolve: async (_root, args, ctx, info) => showRun(ctx, info, await suspend(ctx, args)),
  }),
  cancel: t.field({
    type: FlowRunResult,
    description:
      "Cancel a run, and the unfinished runs that it made. Without a process it is Cancelled at once, else Cancelling until the process is gone.",
    args: { flowRunId: t.arg.id({ required: true, description: "The run." }) },
    resolve: async (_root, args, ctx, info) => showRun(ctx, info, await cancel(ctx, args)),
  }),
  retry: t.field({
    type: FlowRunResult,
    description: "Run an ended run again, as a new attempt that asks afresh.",
    args: { flowRunId: t.arg.id({ required: true, description: "The run." }) },
    resolve: async (_root, args, ctx, info) => showRun(ctx, info, await retry(ctx, args)),
  }),
  deleteFlowRun: t.idList({
    description:
      "Delete a run with all that belongs to it: its states, its log, its questions and inputs. A process that has it ends. Answers the ids that were deleted: none where there was none.",
    args: { flowRunId: t.arg.id({ required: true, description: "The run." }) },
    resolve: (_root, args, ctx) => deleteRun(ctx, args),
  }),
}));
