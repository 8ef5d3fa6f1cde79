import { isUpcoming } from "../../core/flow-run/upcoming.ts";
import { builder } from "../graphql/builder.ts";
import { connectionType } from "../graphql/connection.ts";
import { Node } from "../graphql/node.ts";
import { AwaitedInput, Pause } from "../pause/graphql.ts";
import { State, stateOf } from "./graphql-state.ts";

/** A run of a flow. Inputs, channels and logs are added by their own nouns. */
export const FlowRun = builder.prismaObject("FlowRun", {
  description: "One execution of a flow's code from start to end, over all its waits and retries.",
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID("id", { description: "A UUID." }),
    name: t.exposeString("name", { description: "Its name, for people; need not be unique." }),
    flow: t.relation("flow", { description: "The flow that it runs." }),
    deployment: t.relation("deployment", {
      nullable: true,
      description: "The deployment that it was made from; null for a flow that was simply called.",
    }),
    state: t.field({
      type: State,
      description: "The state that it is in.",
      resolve: (run) =>
        stateOf({
          type: run.stateType,
          name: run.stateName,
          message: run.stateMessage,
          timestamp: run.stateTimestamp,
        }),
    }),
    stateHistory: t.field({
      type: [State],
      description: "All its states, oldest first; the last one is `state`.",
      select: { states: { orderBy: { timestamp: "asc" } } },
      resolve: (run) => run.states.map(stateOf),
    }),
    parameters: t.expose("parameters", { type: "JSON", description: "What its flow was called with." }),
    tags: t.exposeStringList("tags", { description: "Words to find it by." }),
    runCount: t.exposeInt("runCount", {
      description:
        "The attempts begun: 0 before its first start, then 1, and one more with each retry. Going on after a pause or a suspension is the same attempt.",
    }),
    attempt: t.exposeInt("attempt", {
      description:
        "The attempt that it is in, or that is to begin. Questions and stored task results belong to one attempt.",
    }),
    expectedStart: t.expose("expectedStart", {
      type: "DateTime",
      nullable: true,
      description: "When it was to start.",
    }),
    upcoming: t.boolean({
      description: "Whether it has not begun and only waits for its time to come.",
      resolve: (run, _args, ctx) => isUpcoming(run, ctx.now()),
    }),
    startedAt: t.expose("startedAt", {
      type: "DateTime",
      nullable: true,
      description: "When its code first ran; null before.",
    }),
    endedAt: t.expose("endedAt", {
      type: "DateTime",
      nullable: true,
      description: "When it ended; null while it has not.",
    }),
    totalRunTime: t.float({
      description: "Seconds that its code has been running in all, waits not counted, up to now.",
      resolve: (run, _args, ctx) => {
        const running = run.stateType === "RUNNING" ? ctx.now().getTime() - run.stateTimestamp.getTime() : 0;
        return (Number(run.runningMs) + Math.max(0, running)) / 1000;
      },
    }),
    pause: t.relation("pause", {
      type: Pause,
      nullable: true,
      description: "The pause or suspension that it is in; null where it is in none.",
    }),
    awaitedInput: t.field({
      type: AwaitedInput,
      nullable: true,
      description: "The input that it waits for: the same as `pause.input`.",
      select: (_args, _ctx, selection) => ({ pause: selection(true) }),
      resolve: (run) => (run.pause?.inputType == null ? null : run.pause),
    }),
    parent: t.relation("parent", {
      nullable: true,
      description: "The run whose code made this one; null where there is none.",
    }),
    children: t.relation("children", {
      description: "The runs that this one's code made, oldest first.",
      query: { orderBy: [{ createdAt: "asc" }, { id: "asc" }] },
    }),
    subflow: t.exposeBoolean("subflow", {
      description: "Whether it is called inside its parent's process, and so waits and ends with it.",
    }),
    uiUrl: t.string({
      description: "Where the console shows this run.",
      resolve: (run, _args, ctx) => `${ctx.settings.publicUrl}/runs/${run.id}`,
    }),
    createdBy: t.exposeString("createdBy", {
      nullable: true,
      description:
        "Resource id of what made it, such as `prefect.deployment.<id>`; null for a flow that was called.",
    }),
    createdByName: t.exposeString("createdByName", {
      nullable: true,
      description: "The name that what made it had then; null where it had none.",
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was made." }),
    updatedAt: t.expose("updatedAt", { type: "DateTime", description: "When it last changed." }),
  }),
});

export const FlowRunConnection = connectionType("FlowRunConnection", {
  description: "Runs, by pages.",
  node: FlowRun,
  counted: true,
});
