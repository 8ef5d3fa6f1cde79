import { isId } from "../../core/id.ts";
import { Deployment } from "../deployment/graphql.ts";
import { FlowRun } from "../flow-run/graphql.ts";
import { builder } from "../graphql/builder.ts";
import { plainly, resultUnion } from "../graphql/errors.ts";
import { badUserInput } from "../graphql/request-error.ts";
import { createWorkPool } from "./create-work-pool.ts";
import { createWorkQueue } from "./create-work-queue.ts";
import { deleteWorkPool, deleteWorkQueue } from "./delete-work-pool.ts";
import { WorkPool, WorkQueue } from "./graphql.ts";
import { pauseWork, setWorkPoolPaused, setWorkQueuePaused } from "./set-work-pool-paused.ts";
import { updateWorkPool } from "./update-work-pool.ts";
import { updateWorkQueue } from "./update-work-queue.ts";

builder.prismaObjectFields(Deployment, (t) => ({
  workPool: t.field({
    type: WorkPool,
    nullable: true,
    description: "The pool whose workers run it; null where only who serves it does.",
    select: (_args, _ctx, nested) => ({ workQueue: { select: { workPool: nested() } } }),
    resolve: ({ workQueue }) => workQueue?.workPool ?? null,
  }),
  workQueue: t.relation("workQueue", {
    type: WorkQueue,
    nullable: true,
    description: "The queue of that pool in which its runs wait.",
  }),
}));

builder.prismaObjectFields(FlowRun, (t) => ({
  workQueue: t.relation("workQueue", {
    type: WorkQueue,
    nullable: true,
    description: "The queue from which workers take it; null where none do.",
  }),
  jobVariables: t.expose("jobVariables", {
    type: "JSON",
    nullable: true,
    description:
      "What a worker makes its process of: its deployment's, and over them its own; null where no worker runs it.",
  }),
}));

builder.queryFields((t) => ({
  workPools: t.prismaField({
    type: [WorkPool],
    description: "All work pools, by name.",
    resolve: (query, _root, _args, ctx) =>
      ctx.prisma.workPool.findMany({ ...query, orderBy: { name: "asc" } }),
  }),
  workPool: t.prismaField({
    type: WorkPool,
    nullable: true,
    description: "A work pool by `id` or by `name`; give one of them. Null where there is none.",
    args: {
      id: t.arg.id({ description: "Its id." }),
      name: t.arg.string({ description: "Its name." }),
    },
    resolve: (query, _root, { id, name }, ctx) => {
      if ((id == null) === (name == null)) throw badUserInput("workPool: give one of `id` and `name`");
      // What is selected is looked at in any case: Pothos takes a null without that for a mistake.
      const selected = { ...query };
      if (id != null) return isId(id) ? ctx.prisma.workPool.findUnique({ ...selected, where: { id } }) : null;
      if (name == null || name.includes("\0")) return null;
      return ctx.prisma.workPool.findUnique({ ...selected, where: { name } });
    },
  }),
  workQueue: t.prismaField({
    type: WorkQueue,
    nullable: true,
    description: "A work queue by its id; null where there is none.",
    args: { id: t.arg.id({ required: true, description: "Its id." }) },
    resolve: (query, _root, { id }, ctx) => {
      const wanted = { ...query, where: { id } };
      return isId(id) ? ctx.prisma.workQueue.findUnique(wanted) : null;
    },
  }),
}));

const WorkPoolResult = resultUnion("WorkPoolResult", {
  description: "The pool as it is now, or why nothing changed.",
  success: WorkPool,
  refusals: ["NotFoundError", "InvalidInputError", "AlreadyExistsError"],
});

const WorkQueueResult = resultUnion("WorkQueueResult", {
  description: "The queue as it is now, or why nothing changed.",
  success: WorkQueue,
  refusals: ["NotFoundError", "InvalidInputError", "AlreadyExistsError"],
});

const limit = "The most of its runs at once; no limit where it is null or left out.";
const variables =
  "JSON Schema of the job variables. The one of the type where it is left out; null takes any.";

const WorkPoolInput = builder.inputType("WorkPoolInput", {
  description: "A work pool.",
  fields: (t) => ({
    name: t.string({ required: true, description: "Its name; without / and %." }),
    type: t.string({ description: "`process`, which it is where it is left out." }),
    description: t.string({ description: "What it is for, for people." }),
    concurrencyLimit: t.int({ description: limit }),
    variablesSchema: t.field({ type: "JSON", description: variables }),
  }),
});

const WorkPoolChangeInput = builder.inputType("WorkPoolChangeInput", {
  description: "What is to change of a work pool. What is left out stays as it is.",
  fields: (t) => ({
    description: t.string({ description: "What it is for, for people." }),
    concurrencyLimit: t.int({ description: "The most of its runs at once; null for no limit." }),
    variablesSchema: t.field({
      type: "JSON",
      description: "JSON Schema of the job variables; null takes any.",
    }),
  }),
});

const WorkQueueInput = builder.inputType("WorkQueueInput", {
  description: "A queue of a work pool.",
  fields: (t) => ({
    workPool: t.string({ required: true, description: "The name of its pool." }),
    name: t.string({ required: true, description: "Its name, unique in the pool; without / and %." }),
    description: t.string({ description: "What it is for, for people." }),
    priority: t.int({ description: "1 is served first. Behind all others where it is left out." }),
    concurrencyLimit: t.int({ description: limit }),
  }),
});

const WorkQueueChangeInput = builder.inputType("WorkQueueChangeInput", {
  description: "What is to change of a work queue. What is left out stays as it is.",
  fields: (t) => ({
    description: t.string({ description: "What it is for, for people." }),
    priority: t.int({ description: "1 is served first." }),
    concurrencyLimit: t.int({ description: "The most of its runs at once; null for no limit." }),
  }),
});

builder.mutationFields((t) => ({
  createWorkPool: t.field({
    type: WorkPoolResult,
    description: "Make a work pool, with its queue `default`.",
    args: { pool: t.arg({ type: WorkPoolInput, required: true, description: "The pool." }) },
    resolve: async (_root, args, ctx) =>
      ctx.prisma.workPool.findUniqueOrThrow({ where: { id: await createWorkPool(ctx, args) } }),
  }),
  updateWorkPool: t.field({
    type: WorkPoolResult,
    description: "Change a work pool. Runs that have begun go on, also beyond a lower limit.",
    args: {
      id: t.arg.id({ required: true, description: "The pool." }),
      change: t.arg({ type: WorkPoolChangeInput, required: true, description: "What is to change." }),
    },
    resolve: async (_root, args, ctx) =>
      ctx.prisma.workPool.findUniqueOrThrow({ where: { id: await updateWorkPool(ctx, args) } }),
  }),
  setWorkPoolPaused: t.field({
    type: WorkPoolResult,
    description: "Pause a work pool, so that none of its runs begins, or resume it.",
    args: {
      id: t.arg.id({ required: true, description: "The pool." }),
      paused: t.arg.boolean({ required: true, description: "Whether it is to be paused." }),
    },
    resolve: async (_root, args, ctx) =>
      ctx.prisma.workPool.findUniqueOrThrow({
        where: { id: await pauseWork(ctx, setWorkPoolPaused, args) },
      }),
  }),
  deleteWorkPool: t.idList({
    description:
      "Delete a work pool with its queues. Answers the ids that were deleted: none where there was none. One that has deployments is refused.",
    args: { id: t.arg.id({ required: true, description: "The pool." }) },
    resolve: (_root, args, ctx) => plainly(deleteWorkPool(ctx, args)),
  }),
  createWorkQueue: t.field({
    type: WorkQueueResult,
    description: "Make a queue in a work pool.",
    args: { queue: t.arg({ type: WorkQueueInput, required: true, description: "The queue." }) },
    resolve: async (_root, args, ctx) =>
      ctx.prisma.workQueue.findUniqueOrThrow({ where: { id: await createWorkQueue(ctx, args) } }),
  }),
  updateWorkQueue: t.field({
    type: WorkQueueResult,
    description: "Change a work queue. Runs that have begun go on, also beyond a lower limit.",
    args: {
      id: t.arg.id({ required: true, description: "The queue." }),
      change: t.arg({ type: WorkQueueChangeInput, required: true, description: "What is to change." }),
    },
    resolve: async (_root, args, ctx) =>
      ctx.prisma.workQueue.findUniqueOrThrow({ where: { id: await updateWorkQueue(ctx, args) } }),
  }),
  setWorkQueuePaused: t.field({
    type: WorkQueueResult,
    description: "Pause a work queue, so that none of its runs begins, or resume it.",
    args: {
      id: t.arg.id({ required: true, description: "The queue." }),
      paused: t.arg.boolean({ required: true, description: "Whether it is to be paused." }),
    },
    resolve: async (_root, args, ctx) =>
      ctx.prisma.workQueue.findUniqueOrThrow({
        where: { id: await pauseWork(ctx, setWorkQueuePaused, args) },
      }),
  }),
  deleteWorkQueue: t.idList({
    description:
      "Delete a work queue; what waits in it goes to the pool's default one. Answers the ids that were deleted: none where there was none. The default queue, and one that has deployments, are refused.",
    args: { id: t.arg.id({ required: true, description: "The queue." }) },
    resolve: (_root, args, ctx) => plainly(deleteWorkQueue(ctx, args)),
  }),
}));
