import { ReportResult } from "../flow-run/graphql-report.ts";
import { builder } from "../graphql/builder.ts";
import { plainly } from "../graphql/errors.ts";
import { saveTaskResult } from "./save-task-result.ts";
import { taskResult } from "./task-result.ts";

const TaskResult = builder.objectRef<{ value: unknown }>("TaskResult").implement({
  description: "The stored result of one call of a task.",
  fields: (t) => ({
    value: t.field({
      type: "JSON",
      nullable: true,
      description: "What the call returned.",
      resolve: (result) => result.value,
    }),
  }),
});

builder.mutationField("saveTaskResult", (t) =>
  t.field({
    type: ReportResult,
    description: "Store the result of a call of a task in the present attempt; the same call stores it once.",
    args: {
      flowRunId: t.arg.id({ required: true, description: "The run." }),
      execution: t.arg.int({ required: true, description: "Its execution." }),
      key: t.arg.string({ required: true, description: "Names the call within the attempt." }),
      value: t.arg({ type: "JSON", description: "What the call returned." }),
    },
    resolve: async (_root, args, ctx) => {
      await saveTaskResult(ctx, args);
      return { ok: true };
    },
  }),
);

builder.queryField("taskResult", (t) =>
  t.field({
    type: TaskResult,
    nullable: true,
    description: "The stored result of a call of a task in the present attempt; null where none is stored.",
    args: {
      flowRunId: t.arg.id({ required: true, description: "The run." }),
      execution: t.arg.int({ required: true, description: "Its execution." }),
      key: t.arg.string({ required: true, description: "Names the call within the attempt." }),
    },
    resolve: (_root, args, ctx) => plainly(taskResult(ctx, args)),
  }),
);
