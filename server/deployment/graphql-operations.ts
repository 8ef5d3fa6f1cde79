import { FlowRun } from "../flow-run/graphql.ts";
import { ExecutionInput } from "../flow-run/graphql-execution.ts";
import { showRun } from "../flow-run/read.ts";
import { builder } from "../graphql/builder.ts";
import { Issue, plainly, resultUnion } from "../graphql/errors.ts";
import { ScheduleInput } from "../schedule/graphql-input.ts";
import { registrationIssues } from "./check-registration.ts";
import { deleteDeployment } from "./delete-deployment.ts";
import { CollisionStrategy, Deployment } from "./graphql.ts";
import { findDeployment, showDeployment } from "./read.ts";
import { type Registered, registerDeployment } from "./register-deployment.ts";
import { runDeployment } from "./run-deployment.ts";
import { pauseOrResumeDeployment } from "./set-deployment-paused.ts";

builder.queryFields((t) => ({
  deployment: t.prismaField({
    type: Deployment,
    nullable: true,
    description: "A deployment by `id` or by `name`; give one of them. Null where there is none.",
    args: {
      id: t.arg.id({ description: "Its id." }),
      name: t.arg.string({ description: "`<flow name>/<deployment name>`." }),
    },
    resolve: (query, _root, args, ctx) => findDeployment(ctx, args, query),
  }),
  deployments: t.prismaField({
    type: [Deployment],
    description: "All deployments, by the names of their flows and their own.",
    resolve: (query, _root, _args, ctx) =>
      ctx.prisma.deployment.findMany({ ...query, orderBy: [{ flow: { name: "asc" } }, { name: "asc" }] }),
  }),
}));

const RunDeploymentResult = resultUnion("RunDeploymentResult", {
  description: "A run that was created, or that already was under the same `idempotencyKey`.",
  success: FlowRun,
  refusals: ["NotFoundError", "InvalidInputError", "StaleExecutionError"],
});

const TriggerChanges = builder.objectRef<Registered["triggers"]>("TriggerChanges").implement({
  description: "What became of the automations that a deployment owns, by their names.",
  fields: (t) => ({
    created: t.stringList({ description: "New ones.", resolve: ({ created }) => namesOf(created) }),
    updated: t.stringList({
      description: "Changed in place; one whose trigger is the same keeps what it has counted.",
      resolve: ({ updated }) => namesOf(updated),
    }),
    unchanged: t.stringList({
      description: "As they were.",
      resolve: ({ unchanged }) => namesOf(unchanged),
    }),
    removed: t.stringList({ description: "No longer given.", resolve: ({ removed }) => namesOf(removed) }),
  }),
});

function namesOf(automations: readonly { name: string }[]): string[] {
  return automations.map(({ name }) => name);
}

const ScheduleChanges = builder.objectRef<Registered["schedules"]>("ScheduleChanges").implement({
  description:
    "What became of the schedules of a deployment's definition, each as in `cron 0 9 * * * (UTC)`.",
  fields: (t) => ({
    created: t.exposeStringList("created", { description: "New ones." }),
    updated: t.exposeStringList("updated", { description: "Changed in place." }),
    unchanged: t.exposeStringList("unchanged", { description: "As they were." }),
    removed: t.exposeStringList("removed", { description: "No longer given." }),
  }),
});

const RegisteredDeployment = builder.objectRef<Registered>("RegisteredDeployment").implement({
  description: "A deployment that was registered.",
  fields: (t) => ({
    deployment: t.field({
      type: Deployment,
      description: "The deployment as it is now.",
      resolve: ({ id }, _args, ctx, info) => showDeployment(ctx, info, id),
    }),
    triggers: t.field({
      type: TriggerChanges,
      description: "What became of its triggers.",
      resolve: ({ triggers }) => triggers,
    }),
    schedules: t.field({
      type: ScheduleChanges,
      description: "What became of its schedules.",
      resolve: ({ schedules }) => schedules,
    }),
  }),
});

const RegisterDeploymentResult = resultUnion("RegisterDeploymentResult", {
  description: "The deployment as it is now, or why nothing of it was registered.",
  success: RegisteredDeployment,
  refusals: ["InvalidInputError"],
});

const DeploymentInput = builder.inputType("DeploymentInput", {
  description: "A deployment, named by its flow and its own name.",
  fields: (t) => ({
    flowName: t.string({ required: true, description: "The flow, which need not be known yet." }),
    name: t.string({ required: true, description: "Its name; without / and %." }),
    description: t.string({ description: "What it is for, for people." }),
    version: t.string({ description: "The version of the flow's code." }),
    tags: t.stringList({ description: "Tags that each of its runs has too." }),
    parameters: t.field({
      type: "JSON",
      description: "What its runs are called with where nothing else is given.",
    }),
    parameterSchema: t.field({ type: "JSON", description: "JSON Schema of the flow's parameters." }),
    enforceParameterSchema: t.boolean({
      description:
        "Whether parameters that do not satisfy the schema are refused; true where it is left out.",
    }),
    paused: t.boolean({
      description:
        "Whether it is paused: it starts nothing until it is resumed. Where it is left out, a new one is not, and another stays as it is.",
    }),
    concurrencyLimit: t.int({
      description: "The most of its runs that are under way at once, from 1; no limit where it is left out.",
    }),
    collisionStrategy: t.field({
      type: CollisionStrategy,
      description: "What becomes of a run beyond the limit; ENQUEUE where it is left out.",
    }),
    entrypoint: t.string({ description: "Where workers find the flow: `<file>:<name>`." }),
    path: t.string({ description: "The folder in which workers run it." }),
    workPool: t.string({
      description:
        "The name of the work pool whose workers run it. Where it is left out, those run it who serve it.",
    }),
    workQueue: t.string({
      description: "The name of the pool's queue in which its runs wait; `default` where it is left out.",
    }),
    jobVariables: t.field({
      type: "JSON",
      description:
        "An object: what workers make the processes of its runs of, such as `env`. It has to fit the schema of the pool.",
    }),
    triggers: t.field({
      type: "JSON",
      description:
        "A list of triggers, each the document of one with `name`, `description`, `enabled`, `parameters`, `job_variables` and `schedule_after` beside: the automations that the deployment owns are exactly these. One that does not say `enabled` stays paused where it is. None where it is left out.",
    }),
    schedules: t.field({
      type: [ScheduleInput],
      description:
        "When its runs begin by themselves: its schedules are exactly these, besides those made by `createSchedule`. One that does not say `active` stays as it is. None where it is left out.",
    }),
  }),
});

builder.queryFields((t) => ({
  checkDeployment: t.field({
    type: [Issue],
    description:
      "Look at a deployment as registering it would: why it would be refused, or nothing. Nothing is stored.",
    args: {
      deployment: t.arg({
        type: DeploymentInput,
        required: true,
        description: "The deployment, as `registerDeployment` takes it.",
      }),
    },
    resolve: async (_root, { deployment }, ctx) => [...(await registrationIssues(ctx, deployment))],
  }),
}));

const OnParentFinal = builder.enumType("OnParentFinal", {
  description: "What becomes of a run when the one that started it ends.",
  values: {
    KEEP: { description: "It goes on, however that one ends." },
    CANCEL: { description: "It is cancelled, however that one ends." },
  } as const,
});

const DeploymentResult = resultUnion("DeploymentResult", {
  description: "The deployment as it is now, or that there is none.",
  success: Deployment,
  refusals: ["NotFoundError"],
});

builder.mutationFields((t) => ({
  runDeployment: t.field({
    type: RunDeploymentResult,
    description: "Create a run of a deployment, at once or for later.",
    args: {
      deployment: t.arg.string({
        required: true,
        description: "Its id, or `<flow name>/<deployment name>`.",
      }),
      parameters: t.arg({ type: "JSON", description: "An object, merged over the deployment's own." }),
      name: t.arg.string({ description: "The run's name; one is made up where it is left out." }),
      tags: t.arg.stringList({ description: "Added to the deployment's." }),
      scheduledTime: t.arg({
        type: "DateTime",
        description: "When it is to start; at once where it is left out.",
      }),
      idempotencyKey: t.arg.string({
        description:
          "1 to 255 characters: a second call with it creates nothing and answers the run of the first.",
      }),
      jobVariables: t.arg({
        type: "JSON",
        description:
          "An object, laid over the deployment's, for the workers of its pool. Refused where it has no pool.",
      }),
      workQueue: t.arg.string({
        description: "The name of another queue of the deployment's pool. Refused where it has no pool.",
      }),
      parent: t.arg({
        type: ExecutionInput,
        description: "The execution that calls; its run becomes the parent.",
      }),
      onParentFinal: t.arg({
        type: OnParentFinal,
        description:
          "What becomes of the run when its parent ends. Where it is left out, it is cancelled where the parent is.",
      }),
    },
    resolve: async (_root, args, ctx, info) => showRun(ctx, info, await runDeployment(ctx, args)),
  }),
  registerDeployment: t.field({
    type: RegisterDeploymentResult,
    description:
      "Create a deployment, or replace the one of the same flow and name, with its triggers and schedules. Its runs stay, but for those that schedules have made ahead: where it is another now, they are made anew.",
    args: { deployment: t.arg({ type: DeploymentInput, required: true, description: "The deployment." }) },
    resolve: (_root, args, ctx) => registerDeployment(ctx, args),
  }),
  setDeploymentPaused: t.field({
    type: DeploymentResult,
    description:
      "Pause a deployment, or resume it. A paused one starts nothing: its runs that have not begun stay Scheduled, but for those that its schedules have made ahead, which are deleted and made anew once it is resumed.",
    args: {
      id: t.arg.id({ required: true, description: "The deployment." }),
      paused: t.arg.boolean({ required: true, description: "Whether it is to be paused." }),
    },
    resolve: async (_root, args, ctx, info) =>
      showDeployment(ctx, info, await pauseOrResumeDeployment(ctx, args)),
  }),
  deleteDeployment: t.idList({
    description:
      "Delete a deployment with its schedules, its own automations, and its runs that wait for their first start. Its other runs stay, but none can be resumed. Answers the ids that were deleted: none where there was none.",
    args: { id: t.arg.id({ required: true, description: "The deployment." }) },
    resolve: (_root, { id }, ctx) => plainly(deleteDeployment(ctx, id)),
  }),
}));
