import { builder } from "../graphql/builder.ts";
import { Node } from "../graphql/node.ts";

const WorkStatus = builder.enumType("WorkStatus", {
  description: "Whether runs of a pool or a queue would be started.",
  values: {
    READY: { description: "A worker was heard of within the last 60 s." },
    NOT_READY: { description: "No worker is there." },
    PAUSED: { description: "It is paused: its runs wait until it is resumed." },
  } as const,
});

export const WorkPool = builder.prismaObject("WorkPool", {
  description: "Where workers take runs from.",
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID("id", { description: "A UUID." }),
    name: t.exposeString("name", { description: "Unique." }),
    type: t.exposeString("type", {
      description: "What its workers make of a run: `process`, a process of the worker's machine.",
    }),
    description: t.exposeString("description", {
      nullable: true,
      description: "What it is for, for people.",
    }),
    paused: t.exposeBoolean("paused", {
      description: "Whether it is paused: none of its runs begins until it is resumed.",
    }),
    status: t.field({
      type: WorkStatus,
      description: "Whether its runs would be started.",
      resolve: ({ toldStatus }) => toldStatus as "READY" | "NOT_READY" | "PAUSED", // the only texts written
    }),
    concurrencyLimit: t.exposeInt("concurrencyLimit", {
      nullable: true,
      description: "The most of its runs at once; null for no limit.",
    }),
    variablesSchema: t.expose("variablesSchema", {
      type: "JSON",
      nullable: true,
      description: "JSON Schema of the job variables; null where any are taken.",
    }),
    lastPolled: t.field({
      type: "DateTime",
      nullable: true,
      description: "When a worker last asked for its runs.",
      select: { queues: { select: { polledAt: true } } },
      resolve: ({ queues }) => newest(queues.map(({ polledAt }) => polledAt)),
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was made." }),
    updatedAt: t.expose("updatedAt", { type: "DateTime", description: "When it last changed." }),
  }),
});

export const WorkQueue = builder.prismaObject("WorkQueue", {
  description: "A line of runs in a work pool.",
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID("id", { description: "A UUID." }),
    name: t.exposeString("name", { description: "Unique in its pool." }),
    description: t.exposeString("description", {
      nullable: true,
      description: "What it is for, for people.",
    }),
    workPool: t.relation("workPool", { type: WorkPool, description: "The pool that it belongs to." }),
    paused: t.exposeBoolean("paused", {
      description: "Whether it is paused: none of its runs begins until it is resumed.",
    }),
    priority: t.exposeInt("priority", { description: "The queue of priority 1 is served first." }),
    concurrencyLimit: t.exposeInt("concurrencyLimit", {
      nullable: true,
      description: "The most of its runs at once; null for no limit.",
    }),
    status: t.field({
      type: WorkStatus,
      description: "Whether its runs would be started, were the pool not paused.",
      resolve: ({ toldStatus }) => toldStatus as "READY" | "NOT_READY" | "PAUSED", // the only texts written
    }),
    lastPolled: t.expose("polledAt", {
      type: "DateTime",
      nullable: true,
      description: "When a worker last asked for its runs.",
    }),
    lateRuns: t.int({
      description: "How many of its runs are late.",
      resolve: ({ id }, _args, ctx) =>
        ctx.prisma.flowRun.count({
          where: { workQueueId: id, stateType: "SCHEDULED", stateName: "Late" },
        }),
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was made." }),
    updatedAt: t.expose("updatedAt", { type: "DateTime", description: "When it last changed." }),
  }),
});

builder.prismaObjectField(WorkPool, "queues", (t) =>
  t.relation("queues", {
    type: WorkQueue,
    description: "Its queues, the one that is served first before the others.",
    query: { orderBy: [{ priority: "asc" }, { name: "asc" }] },
  }),
);

function newest(dates: readonly (Date | null)[]): Date | null {
  const times = dates.flatMap((date) => date?.getTime() ?? []);
  return times.length === 0 ? null : new Date(Math.max(...times));
}
