import * as sdk from "../../sdk/index.ts";
import type * as contract from "../contract/sdk.d.ts";

/** These take types of input, which know more of a received input than the contract's; how they are called is checked beside. */
type OfInputTypes =
  | "RunInput"
  | "withInitialData"
  | "pauseFlowRun"
  | "suspendFlowRun"
  | "sendInput"
  | "receiveInput";

/** Users catch these; who makes one is the SDK's own matter. */
type Errors =
  | "InputValidationError"
  | "PauseTimeout"
  | "InputTimeout"
  | "NotPausable"
  | "CannotRespond"
  | "MissingRunContext"
  | "FlowRunConflict"
  | "RunCancelled"
  | "PauseReplayMismatch"
  | "UnrepresentableInputType"
  | "InputTypeRequired"
  | "NotFound"
  | "AlreadyExists"
  | "BlockNotFound";

/** Nothing here runs: the type checker reads it. Every value of the contract is there, and can be used as it says. */
export const kept: Omit<typeof contract, OfInputTypes | Errors> = sdk;

type Called<In, Out> = (...parameters: Parameters<contract.Flow<In, Out>>) => Promise<Out>;

/** A flow is called, named, served and made a deployment as the contract says. */
export function flows(given: sdk.Flow<{ city: string }, number>, bare: sdk.Flow<void, string>): void {
  const called: Called<{ city: string }, number> = given;
  const alone: Called<void, string> = bare;
  const served: (options?: Partial<contract.DeploymentOptions> & contract.ServeOptions) => Promise<void> =
    given.serve;
  const defined: (options: contract.DeploymentOptions) => contract.DeploymentDefinition = given.toDeployment;
  const deployed: contract.Flow<{ city: string }, number>["deploy"] = given.deploy;
  for (const _ of [called, alone, served, defined, deployed, given.name satisfies string]);
}

/** What users name in their own signatures is there under the same name, and fits. */
export interface Types {
  flowRun: Fits<sdk.FlowRun, contract.FlowRun>;
  state: Fits<sdk.FlowRunState, contract.FlowRunState>;
  context: Fits<sdk.RunContext, contract.RunContext>;
  logger: Fits<sdk.Logger, contract.Logger>;
  metadata: Fits<sdk.InputMetadata, contract.InputMetadata>;
  receiver: Fits<sdk.InputReceiver<string>, contract.InputReceiver<string>>;
  client: Fits<sdk.Client, contract.Client>;
  pause: Fits<contract.PauseOptions, sdk.PauseOptions>;
  receive: Fits<contract.ReceiveOptions, sdk.ReceiveOptions>;
  task: Fits<contract.TaskOptions, sdk.TaskOptions>;
  flow: Fits<contract.FlowOptions, sdk.FlowOptions>;
  event: Fits<contract.EventDefinition, sdk.EventDefinition>;
  trigger: Fits<contract.Trigger, sdk.Trigger>;
  action: Fits<contract.Action, sdk.Action>;
  automation: Fits<contract.AutomationDefinition, sdk.AutomationDefinition>;
  schedule: Fits<contract.ScheduleDefinition, sdk.ScheduleDefinition>;
  deployment: Fits<contract.DeploymentOptions, sdk.DeploymentOptions>;
  deploymentTrigger: Fits<contract.DeploymentTrigger, sdk.DeploymentTrigger>;
  errors: [
    Fits<sdk.InputValidationError, contract.InputValidationError>,
    Fits<sdk.PauseTimeout, contract.PauseTimeout>,
    Fits<sdk.InputTimeout, contract.InputTimeout>,
    Fits<sdk.NotPausable, contract.NotPausable>,
    Fits<sdk.CannotRespond, contract.CannotRespond>,
    Fits<sdk.MissingRunContext, contract.MissingRunContext>,
    Fits<sdk.FlowRunConflict, contract.FlowRunConflict>,
    Fits<sdk.RunCancelled, contract.RunCancelled>,
    Fits<sdk.PauseReplayMismatch, contract.PauseReplayMismatch>,
    Fits<sdk.UnrepresentableInputType, contract.UnrepresentableInputType>,
    Fits<sdk.InputTypeRequired, contract.InputTypeRequired>,
    Fits<sdk.NotFound, contract.NotFound>,
    Fits<sdk.AlreadyExists, contract.AlreadyExists>,
    Fits<sdk.BlockNotFound, contract.BlockNotFound>,
  ];
}
type Fits<Given extends Wanted, Wanted> = Given;
