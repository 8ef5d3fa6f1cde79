import type { Action as AnyAction } from "../../core/automation/action.ts";
import { actionSettings } from "../../core/automation/action-kinds.ts";
import { builder } from "../graphql/builder.ts";

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

const RunDeploymentActionInput = builder.inputType("RunDeploymentActionInput", {
  description: "Makes a run of a deployment.",
  fields: (t) => ({
    deployment: t.field({ type: TargetInput, required: true, description: "Which deployment." }),
    parameters: t.field({
      type: "JSON",
      description:
        "An object, merged over the deployment's own. Strings anywhere in it may hold paths of the event, such as `{{ event.payload.user_id }}`; one that is nothing else keeps the value's type.",
    }),
    scheduleAfter: t.float({
      description: "Seconds from the firing to the run's start; 0 where it is left out.",
    }),
  }),
});

/** An action as typed input: `parseAutomationInput` looks at what is in it, also that it has one member. */
export const ActionInput = builder.inputType("ActionInput", {
  description: "An action: exactly one of its types.",
  isOneOf: true,
  fields: (t) => ({
    doNothing: t.boolean({ description: "Nothing but events; only true is taken." }),
    runDeployment: t.field({ type: RunDeploymentActionInput, description: "Makes a run of a deployment." }),
  }),
});
