import { builder } from "../graphql/builder.ts";
import { Node } from "../graphql/node.ts";

const Flow = builder.prismaObject("Flow", {
  description: "A flow by its name: known since its first run or deployment.",
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID("id", { description: "A UUID." }),
    name: t.exposeString("name", { description: "Unique." }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it became known." }),
    updatedAt: t.expose("updatedAt", { type: "DateTime", description: "When it last changed." }),
  }),
});

const ReadyStatus = builder.enumType("ReadyStatus", {
  description: "Whether somebody asks for the runs of a deployment.",
  values: {
    READY: { description: "A runner or a worker has asked for its runs within the last 60 s." },
    NOT_READY: { description: "Nobody asks for its runs." },
  },
});

export const CollisionStrategy = builder.enumType("CollisionStrategy", {
  description: "What becomes of a run of a deployment that has as many runs under way as its limit allows.",
  values: {
    ENQUEUE: { description: "It waits until one of them ends or is suspended." },
    CANCEL_NEW: { description: "It is cancelled." },
  } as const,
});

export const Deployment = builder.prismaObject("Deployment", {
  description: "A flow that runners can start, with default parameters.",
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID("id", { description: "A UUID." }),
    name: t.exposeString("name", { description: "Unique among those of the flow." }),
    fullName: t.string({
      description: "`<flow name>/<deployment name>`, taken wherever a deployment is named.",
      select: { flow: { select: { name: true } } },
      resolve: (deployment) => `${deployment.flow.name}/${deployment.name}`,
    }),
    flow: t.relation("flow", { type: Flow, description: "The flow that it starts." }),
    description: t.exposeString("description", {
      nullable: true,
      description: "What it is for, for people.",
    }),
    tags: t.exposeStringList("tags", { description: "Tags that each of its runs has too." }),
    version: t.exposeString("version", { nullable: true, description: "The version of the flow's code." }),
    parameters: t.expose("parameters", {
      type: "JSON",
      description: "What its runs are called with where nothing else is given.",
    }),
    parameterSchema: t.expose("parameterSchema", {
      type: "JSON",
      nullable: true,
      description: "JSON Schema of the flow's parameters; null where none is known.",
    }),
    paused: t.exposeBoolean("paused", {
      description: "Whether it is paused: it starts nothing until it is resumed.",
    }),
    enforceParameterSchema: t.exposeBoolean("enforceSchema", {
      description: "Whether parameters that do not satisfy the schema are refused.",
    }),
    concurrencyLimit: t.exposeInt("concurrencyLimit", {
      nullable: true,
      description: "The most of its runs that are under way at once; null for no limit.",
    }),
    collisionStrategy: t.field({
      type: CollisionStrategy,
      description: "What becomes of a run beyond the limit.",
      resolve: ({ collisionStrategy }) => (collisionStrategy === "CANCEL_NEW" ? "CANCEL_NEW" : "ENQUEUE"),
    }),
    entrypoint: t.exposeString("entrypoint", {
      nullable: true,
      description: "Where workers find the flow: `<file>:<name>`; null where none run it.",
    }),
    path: t.exposeString("path", { nullable: true, description: "The folder in which workers run it." }),
    jobVariables: t.expose("jobVariables", {
      type: "JSON",
      nullable: true,
      description: "What workers make the processes of its runs of, such as `env`; null for none.",
    }),
    status: t.field({
      type: ReadyStatus,
      description: "Whether somebody asks for its runs, be it paused or not; each change is an event.",
      resolve: ({ toldReady }) => (toldReady ? "READY" : "NOT_READY"),
    }),
    lastPolled: t.expose("polledAt", {
      type: "DateTime",
      nullable: true,
      description: "When a runner or a worker last asked for its runs, to within 10 s; null where none has.",
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was first registered." }),
    updatedAt: t.expose("updatedAt", { type: "DateTime", description: "When it was last registered." }),
  }),
});
