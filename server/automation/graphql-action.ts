import type { Action as AnyAction } from "../../core/automation/action.ts";
import { actionSettings } from "../../core/automation/action-kinds.ts";
import { StateType } from "../flow-run/graphql-state.ts";
import { builder } from "../graphql/builder.ts";
import { isActionBroken } from "./read-warnings.ts";

/** What is done when an automation fires. */
export const Action = builder.objectRef<AnyAction>("Action").implement({
  description: "What an automation does when it fires.",
  fields: (t) => ({
    type: t.exposeString("type", { description: "As in documents, such as `run-deployment`." }),
    settings: t.field({
      type: "JSON",
      description: "The rest of its document.",
      resolve: (action) => actionSettings(action),
    }),
    broken: t.boolean({
      description: "Whether what it selects is not there, such as a block that was deleted: it would fail.",
      resolve: (action, _args, ctx) => isActionBroken(ctx, action),
    }),
  }),
});

const TargetInput = builder.inputType("TargetInput", {
  description: "What an action acts upon: exactly one of these.",
  isOneOf: true,
  fields: (t) => ({
    id: t.id({ description: "The one of this id. That there is one is seen when the action runs." }),
    inferred: t.boolean({ description: "The one that the triggering event is about; only true is taken." }),
  }),
});

const RetryInput = builder.inputType("RetryInput", {
  description: "How often an action is tried, and how long it waits in between. Times are seconds.",
  fields: (t) => ({
    maxAttempts: t.int({ description: "1 to 10." }),
    initialDelay: t.float({ description: "Before the second attempt." }),
    maxDelay: t.float({ description: "No wait is longer; at most a day." }),
    multiplier: t.float({ description: "By which each wait is longer than the one before; 1 to 100." }),
    jitter: t.boolean({ description: "Whether each wait is a random part of its length." }),
  }),
});

const outsideRetries =
  "Where it is left out, five attempts, the second after up to 5 s, each further wait up to three times as long.";
const strictly = "Whether an undefined name in a template is an error; false where it is left out.";

const RunDeploymentActionInput = builder.inputType("RunDeploymentActionInput", {
  description: "Makes a run of a deployment.",
  fields: (t) => ({
    deployment: t.field({ type: TargetInput, required: true, description: "Which deployment." }),
    parameters: t.field({
      type: "JSON",
      description:
        "An object, merged over the deployment's own. Strings anywhere in it may be templates, such as `{{ event.payload.user_id }}`; one that is a single expression keeps the value's type.",
    }),
    jobVariables: t.field({
      type: "JSON",
      description:
        "An object, merged over the deployment's own job variables, with templates as in `parameters`. It has to fit the schema of the deployment's pool.",
    }),
    scheduleAfter: t.float({
      description: "Seconds from the firing to the run's start; 0 where it is left out.",
    }),
    retry: t.field({
      type: RetryInput,
      description:
        "How often it is tried where something goes wrong unexpectedly, such as a lost database. Four times where it is left out.",
    }),
    strict: t.boolean({ description: strictly }),
  }),
});

const SuspendFlowRunActionInput = builder.inputType("SuspendFlowRunActionInput", {
  description: "Asks a running run to stop and give its infrastructure back until it is resumed.",
  fields: (t) => ({
    flowRun: t.field({ type: TargetInput, required: true, description: "Which run." }),
    timeout: t.float({
      description: "Seconds after which the wait ends; 3600 where it is left out, no end where it is null.",
    }),
  }),
});

const ResumeFlowRunActionInput = builder.inputType("ResumeFlowRunActionInput", {
  description: "Lets a waiting run go on.",
  fields: (t) => ({
    flowRun: t.field({ type: TargetInput, required: true, description: "Which run." }),
    input: t.field({
      type: "JSON",
      description:
        "The answer to the question that the run waits for. Strings anywhere in it may be templates, as in parameters.",
    }),
    strict: t.boolean({ description: strictly }),
  }),
});

const ChangeFlowRunStateActionInput = builder.inputType("ChangeFlowRunStateActionInput", {
  description: "Puts a run into a state.",
  fields: (t) => ({
    flowRun: t.field({ type: TargetInput, required: true, description: "Which run." }),
    type: t.field({ type: StateType, required: true, description: "The state's type." }),
    name: t.string({ description: "Its name; the type's own where it is left out." }),
    message: t.string({ description: "One that names the automation where it is left out." }),
    force: t.boolean({
      description: "Whether the rules of states are passed over; false where it is left out.",
    }),
  }),
});

const EmitEventActionInput = builder.inputType("EmitEventActionInput", {
  description: "Stores an event, which other automations may fire on.",
  fields: (t) => ({
    event: t.string({
      required: true,
      description: "Its name, or a template of it. It must not begin with `prefect.`.",
    }),
    resource: t.field({
      type: "Labels",
      required: true,
      description:
        "The labels of what it is about, their values templates; needs a `prefect.resource.id` that is not empty.",
    }),
    related: t.field({
      type: ["Labels"],
      description:
        "Related resources likewise, each with a `prefect.resource.id` and a `prefect.resource.role` that are not empty.",
    }),
    payload: t.field({
      type: "JSON",
      description: "An object. Strings anywhere in it may be templates, as in parameters.",
    }),
    strict: t.boolean({ description: strictly }),
  }),
});

const SendNotificationActionInput = builder.inputType("SendNotificationActionInput", {
  description: "Sends a message by a block that can. `channel`, `subject` and `body` are templates.",
  fields: (t) => ({
    blockId: t.id({
      required: true,
      description: "The block. That there is one, and that it sends messages, is seen when the action runs.",
    }),
    channel: t.string({
      description:
        "Where to, of blocks with many channels; the block's own where it is left out, or comes to nothing.",
    }),
    subject: t.string({ description: "`Automated notification` where it is left out." }),
    body: t.string({ required: true, description: "Markdown, as far as the channel knows it." }),
    retry: t.field({ type: RetryInput, description: outsideRetries }),
    strict: t.boolean({ description: strictly }),
  }),
});

const CallWebhookActionInput = builder.inputType("CallWebhookActionInput", {
  description: "Calls another system by a block of type `webhook`. `payload` is a template.",
  fields: (t) => ({
    blockId: t.id({
      required: true,
      description: "The block. That there is one, and that it calls, is seen when the action runs.",
    }),
    payload: t.string({ description: "The body; none where it is left out." }),
    retry: t.field({ type: RetryInput, description: outsideRetries }),
    strict: t.boolean({ description: strictly }),
  }),
});

/** An action as typed input: `parseAutomationInput` looks at what is in it, also that it has one member. */
export const ActionInput = builder.inputType("ActionInput", {
  description: "An action: exactly one of its types.",
  isOneOf: true,
  fields: (t) => {
    const target = (description: string) => t.field({ type: TargetInput, description });
    return {
      doNothing: t.boolean({ description: "Nothing but events; only true is taken." }),
      runDeployment: t.field({ type: RunDeploymentActionInput, description: "Makes a run of a deployment." }),
      pauseDeployment: target("Pauses a deployment: it starts nothing until it is resumed."),
      resumeDeployment: target("Resumes a paused deployment."),
      pauseWorkPool: target("Pauses a work pool: none of its runs begins until it is resumed."),
      resumeWorkPool: target("Resumes a paused work pool."),
      pauseWorkQueue: target("Pauses a work queue: none of its runs begins until it is resumed."),
      resumeWorkQueue: target("Resumes a paused work queue."),
      cancelFlowRun: target("Cancels a run, and the runs that it made."),
      suspendFlowRun: t.field({
        type: SuspendFlowRunActionInput,
        description: "Asks a running run to stop until it is resumed.",
      }),
      resumeFlowRun: t.field({
        type: ResumeFlowRunActionInput,
        description: "Lets a waiting run go on, with an answer where it asks for one.",
      }),
      retryFlowRun: target("Runs an ended run of a deployment again, as a new attempt."),
      deleteFlowRun: target("Deletes a run with all that belongs to it."),
      changeFlowRunState: t.field({
        type: ChangeFlowRunStateActionInput,
        description: "Puts a run into a state.",
      }),
      pauseAutomation: target("Has an automation no longer watch."),
      resumeAutomation: target("Has an automation watch again, where nothing is wrong with it."),
      emitEvent: t.field({
        type: EmitEventActionInput,
        description: "Stores an event, which other automations may fire on.",
      }),
      sendNotification: t.field({
        type: SendNotificationActionInput,
        description: "Sends a message: to Slack or Teams, by e-mail, or as a block says.",
      }),
      callWebhook: t.field({ type: CallWebhookActionInput, description: "Calls another system over HTTP." }),
    };
  },
});
