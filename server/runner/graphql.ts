import { Deployment } from "../deployment/graphql.ts";
import { FlowRun } from "../flow-run/graphql.ts";
import { Execution } from "../flow-run/graphql-execution.ts";
import { readRun } from "../flow-run/read.ts";
import { reportExit } from "../flow-run/report-exit.ts";
import { builder } from "../graphql/builder.ts";
import { plainly } from "../graphql/errors.ts";
import { Node } from "../graphql/node.ts";
import { liveField } from "../live/field.ts";
import { WorkPool, WorkQueue } from "../work-pool/graphql.ts";
import { claimFlowRuns } from "./claim-flow-runs.ts";
import { claimableFlowRuns } from "./claimable-flow-runs.ts";
import { onlineSeconds } from "./online.ts";
import { registerRunner } from "./register-runner.ts";
import { stopRunner } from "./stop-runner.ts";

const Runner = builder.prismaObject("Runner", {
  description: "A process that serves deployments, or the worker of a pool.",
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID("id", { description: "A UUID." }),
    name: t.exposeString("name", { description: "For people; need not be unique." }),
    deployments: t.prismaField({
      type: [Deployment],
      description: "The deployments that it serves.",
      resolve: (query, runner, _args, ctx) =>
        ctx.prisma.deployment.findMany({
          ...query,
          where: { id: { in: runner.deploymentIds } },
          orderBy: [{ flow: { name: "asc" } }, { name: "asc" }],
        }),
    }),
    workPool: t.relation("workPool", {
      type: WorkPool,
      nullable: true,
      description: "The pool whose worker it is; null where it serves deployments.",
    }),
    workQueues: t.prismaField({
      type: [WorkQueue],
      description: "The queues whose runs the worker takes; all those of its pool where it named none.",
      resolve: (query, { workPoolId, workQueueIds }, _args, ctx) =>
        workPoolId === null
          ? []
          : ctx.prisma.workQueue.findMany({
              ...query,
              where: { workPoolId, ...(workQueueIds.length > 0 && { id: { in: workQueueIds } }) },
              orderBy: [{ priority: "asc" }, { name: "asc" }],
            }),
    }),
    limit: t.exposeInt("limit", { nullable: true, description: "The most runs at once; null for no limit." }),
    startedAt: t.expose("startedAt", { type: "DateTime", description: "When it registered first." }),
    heartbeatAt: t.expose("heartbeatAt", { type: "DateTime", description: "When it was last heard of." }),
    online: t.boolean({
      description: "Whether it was heard of within 90 s, three of its periods.",
      resolve: ({ heartbeatAt }, _args, ctx) =>
        ctx.now().getTime() - heartbeatAt.getTime() <= onlineSeconds * 1000,
    }),
  }),
});

builder.prismaObjectField(WorkPool, "workers", (t) =>
  t.relation("runners", {
    type: Runner,
    description: "Its workers that are known, also those that were not heard of for up to a day.",
    query: { orderBy: [{ name: "asc" }, { id: "asc" }] },
  }),
);

builder.queryField("runners", (t) =>
  t.prismaField({
    type: [Runner],
    description: "The runners that are known, by name.",
    resolve: (query, _root, _args, ctx) =>
      ctx.prisma.runner.findMany({ ...query, orderBy: [{ name: "asc" }, { id: "asc" }] }),
  }),
);

const RunnerInput = builder.inputType("RunnerInput", {
  description: "A process that serves deployments, or the worker of a pool.",
  fields: (t) => ({
    id: t.id({ required: true, description: "A UUID of its own choice." }),
    name: t.string({ required: true, description: "For people." }),
    deploymentIds: t.idList({ description: "The deployments that it serves; none for a worker." }),
    workPool: t.string({ description: "The name of the pool whose worker it is." }),
    workQueues: t.stringList({
      description: "The names of the queues whose runs the worker takes; all of them where it is left out.",
    }),
    limit: t.int({ description: "The most runs at once; left out for no limit." }),
  }),
});

const ExitReason = builder.enumType("ExitReason", {
  description: "Why a process exited, as its runner knows.",
  values: {
    EXIT: { description: "By itself." },
    SHUTDOWN: { description: "Its runner is stopping and the run was waiting for an input." },
    CANCEL: { description: "Its runner stopped it, since the run is being cancelled." },
  } as const,
});

builder.mutationFields((t) => ({
  registerRunner: t.prismaField({
    type: Runner,
    description: "Make a runner known, and, every 30 s, say that it is there.",
    args: { runner: t.arg({ type: RunnerInput, required: true, description: "The runner." }) },
    resolve: async (query, _root, args, ctx) => {
      const id = await plainly(registerRunner(ctx, args));
      return ctx.prisma.runner.findUniqueOrThrow({ ...query, where: { id } });
    },
  }),
  stopRunner: t.stringList({
    description:
      "A runner stops for good. Answers the names of the automations that were paused; none for a runner that is not known.",
    args: {
      id: t.arg.id({ required: true, description: "The runner." }),
      pauseTriggers: t.arg.boolean({
        required: true,
        defaultValue: true,
        description:
          "Whether the automations that belong to its deployments are paused, and the schedules put out of action, until a runner serves them again; those of a deployment that another runner serves are not.",
      }),
    },
    resolve: (_root, args, ctx) => stopRunner(ctx, args),
  }),
  claimFlowRuns: t.field({
    type: [Execution],
    description:
      "Claim due runs: each becomes Pending with a new execution and a lease of 30 s. Nobody else is given the same run.",
    args: {
      runnerId: t.arg.id({ required: true, description: "The runner that claims." }),
      deploymentIds: t.arg.idList({
        description:
          "The deployments whose runs it takes. Left out by the worker of a pool: it is given runs of the queues that it registered for.",
      }),
      limit: t.arg.int({ required: true, description: "How many at most." }),
    },
    resolve: (_root, args, ctx) => plainly(claimFlowRuns(ctx, args)),
  }),
  reportExit: t.prismaField({
    type: FlowRun,
    nullable: true,
    description:
      "A runner saw the process of an execution exit. Answers the run as it is then; null for an unknown one.",
    args: {
      flowRunId: t.arg.id({ required: true, description: "The run." }),
      execution: t.arg.int({ required: true, description: "The execution whose process it was." }),
      exitCode: t.arg.int({ description: "Its exit code, where it had one." }),
      signal: t.arg.string({ description: "The signal that ended it, where one did." }),
      reason: t.arg({ type: ExitReason, required: true, description: "Why, as the runner knows." }),
      message: t.arg.string({
        description:
          "Why the run could have no process, or why its process ended before it had begun: a sentence without a full stop. Such a run is not given to another runner.",
      }),
    },
    resolve: async (query, _root, args, ctx) => {
      const id = await plainly(reportExit(ctx, args));
      return id === null ? null : readRun(ctx, id, query);
    },
  }),
}));

builder.subscriptionField("claimableFlowRuns", (t) =>
  t.int({
    description:
      "Rings whenever runs of these deployments, or of the pool that a worker works for, may be due to be claimed, and once at first. The number only grows.",
    args: {
      deploymentIds: t.arg.idList({ description: "The deployments." }),
      runnerId: t.arg.id({ description: "The worker of a pool, instead of deployments." }),
    },
    ...liveField({
      source: (args: { deploymentIds?: string[] | null; runnerId?: string | null }, ctx) =>
        claimableFlowRuns(ctx, args),
      resolve: (position) => position,
    }),
  }),
);
