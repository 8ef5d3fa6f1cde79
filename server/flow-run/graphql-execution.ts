import { builder } from "../graphql/builder.ts";
import type { ExecutionRef as ExecutionRefShape } from "./execution.ts";
import { FlowRun } from "./graphql.ts";
import { showRun } from "./read.ts";
import type { Execution as ExecutionShape } from "./start-execution.ts";

/** The execution that calls. */
export const ExecutionInput = builder.inputType("ExecutionInput", {
  description: "An execution: a run and the number under which one process holds it.",
  fields: (t) => ({
    flowRunId: t.id({ required: true, description: "The run." }),
    execution: t.int({ required: true, description: "The number that the process was given with the run." }),
  }),
});

export const ExecutionRef = builder.objectRef<ExecutionRefShape>("ExecutionRef").implement({
  description: "An execution: a run and the number under which one process holds it.",
  fields: (t) => ({
    flowRunId: t.exposeID("flowRunId", { description: "The run." }),
    execution: t.exposeInt("execution", {
      description: "The number that the process was given with the run.",
    }),
  }),
});

/** What a process is given with a run. */
export const Execution = builder.objectRef<ExecutionShape>("Execution").implement({
  description: "One process's part of a run.",
  fields: (t) => ({
    flowRun: t.field({
      type: FlowRun,
      description: "The run.",
      resolve: ({ flowRunId }, _args, ctx, info) => showRun(ctx, info, flowRunId),
    }),
    execution: t.exposeInt("execution", { description: "Its number: calls with an older one are refused." }),
    attempt: t.exposeInt("attempt", { description: "The attempt that it is part of." }),
    rerun: t.exposeBoolean("rerun", {
      description: "Whether an earlier execution of this attempt may have stored results and answers.",
    }),
    flowName: t.string({
      description: "The name of the run's flow.",
      resolve: async ({ flowRunId }, _args, ctx) => {
        const where = { flowRuns: { some: { id: flowRunId } } };
        return (await ctx.prisma.flow.findFirstOrThrow({ where, select: { name: true } })).name;
      },
    }),
  }),
});
