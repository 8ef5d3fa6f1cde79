import type { Labels } from "../event/event.ts";
import type { StateType } from "../flow-run/state.ts";
import type { Json, JsonObject } from "../json.ts";
import type { Retry } from "./retry.ts";

/** What an action acts upon: what its definition names, or what the triggering event is about. */
export type Target = { readonly source: "selected"; readonly id: string } | { readonly source: "inferred" };

/** Does nothing but leave its events: for trying out triggers. */
export interface DoNothing {
  readonly type: "do-nothing";
}

/** Makes a run of a deployment. */
export interface RunDeployment {
  readonly type: "run-deployment";
  readonly deployment: Target;
  /** Laid over the deployment's own; strings anywhere in it may be templates. Null for none. */
  readonly parameters: JsonObject | null;
  /** Laid over the deployment's own, with templates likewise; left out for none. */
  readonly jobVariables?: JsonObject | undefined;
  /** Seconds from the firing. */
  readonly scheduleAfter: number;
  /** How often it is tried where something goes wrong unexpectedly. */
  readonly retry?: Retry | undefined;
  /** Whether an undefined name in a template is an error; it is not where this is left out. */
  readonly strict?: boolean | undefined;
}

/** An action that its target says everything of. */
export interface OnTarget<Type extends string> {
  readonly type: Type;
  readonly target: Target;
}

export type PauseDeployment = OnTarget<"pause-deployment">;
export type ResumeDeployment = OnTarget<"resume-deployment">;
export type CancelFlowRun = OnTarget<"cancel-flow-run">;
export type DeleteFlowRun = OnTarget<"delete-flow-run">;
export type RetryFlowRun = OnTarget<"retry-flow-run">;
export type PauseWorkPool = OnTarget<"pause-work-pool">;
export type ResumeWorkPool = OnTarget<"resume-work-pool">;
export type PauseWorkQueue = OnTarget<"pause-work-queue">;
export type ResumeWorkQueue = OnTarget<"resume-work-queue">;
export type PauseAutomation = OnTarget<"pause-automation">;
export type ResumeAutomation = OnTarget<"resume-automation">;

/** Asks a run to stop and give its infrastructure back until it is resumed. */
export interface SuspendFlowRun extends OnTarget<"suspend-flow-run"> {
  /** Seconds until the wait ends; null for no end. */
  readonly timeout: number | null;
}

/** Lets a waiting run go on, with an answer where it asks for one. */
export interface ResumeFlowRun extends OnTarget<"resume-flow-run"> {
  /** Strings anywhere in it may be templates; null for no answer. */
  readonly input: Json;
  /** Whether an undefined name in a template is an error; it is not where this is left out. */
  readonly strict?: boolean | undefined;
}

/** Puts a run into a state. */
export interface ChangeFlowRunState extends OnTarget<"change-flow-run-state"> {
  readonly state: StateType;
  /** Null for the type's own name. */
  readonly name: string | null;
  /** Null for one that names the automation. */
  readonly message: string | null;
  /** Whether the rules of states are passed over. */
  readonly force: boolean;
}

/** Stores an event. Its name, the values of its labels and the strings anywhere in its payload may be templates. */
export interface EmitEvent {
  readonly type: "emit-event";
  readonly event: string;
  readonly resource: Labels;
  readonly related: readonly Labels[];
  readonly payload: JsonObject;
  /** Whether an undefined name in a template is an error. */
  readonly strict: boolean;
}

/** Sends a message by a block that can. Subject and body are templates. */
export interface SendNotification {
  readonly type: "send-notification";
  readonly blockId: string;
  /** A template of the channel, for blocks that have many; the block's own where it is left out. */
  readonly channel?: string | undefined;
  readonly subject: string;
  readonly body: string;
  readonly retry?: Retry | undefined;
  /** Whether an undefined name in a template is an error. */
  readonly strict: boolean;
}

/** Calls another system by a block that can. */
export interface CallWebhook {
  readonly type: "call-webhook";
  readonly blockId: string;
  /** A template of the body; empty for none. */
  readonly payload: string;
  readonly retry?: Retry | undefined;
  /** Whether an undefined name in a template is an error. */
  readonly strict: boolean;
}

/** What an automation does when it fires, checked and with every default filled in. */
export type Action =
  | DoNothing
  | RunDeployment
  | PauseDeployment
  | ResumeDeployment
  | CancelFlowRun
  | SuspendFlowRun
  | ResumeFlowRun
  | ChangeFlowRunState
  | DeleteFlowRun
  | RetryFlowRun
  | PauseWorkPool
  | ResumeWorkPool
  | PauseWorkQueue
  | ResumeWorkQueue
  | PauseAutomation
  | ResumeAutomation
  | EmitEvent
  | SendNotification
  | CallWebhook;

/** Whether an action's effect is outside of the database, so that whoever carries it out waits for somebody else. */
export function isOutside({ type }: Pick<Action, "type">): boolean {
  return type === "send-notification" || type === "call-webhook";
}
