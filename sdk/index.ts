export type {
  AnyRunInputClass,
  InputMetadata,
  InputOf,
  InputReceiver,
  InputType,
  ReceiveOptions,
  ReplyOptions,
  RunInputBase,
  RunInputClass,
  SendOptions,
  SentInput,
} from "../core/run-input/contract.ts";
export {
  InputTypeConflict,
  InputTypeRequired,
  InputValidationError,
  UnrepresentableInputType,
  UnsuitableInputType,
} from "../core/run-input/errors.ts";
export { withInitialData } from "../core/run-input/initial-data.ts";
export { compare, oneOfFields, type RefinementOptions, requires } from "../core/run-input/refinement.ts";
export { Automation } from "./automation/automation.ts";
export type { Action, AutomationDefinition } from "./automation/definition.ts";
export type {
  CompoundTrigger,
  EventTrigger,
  LabelSpec,
  MetricTrigger,
  SequenceTrigger,
  Trigger,
} from "./automation/trigger.ts";
export { JsonBlock } from "./block/json-block.ts";
export { type Client, getClient } from "./client/client.ts";
export { ApiError, ConnectionError } from "./client/errors.ts";
export type { DeploymentDefinition, DeploymentOptions } from "./deployment/definition.ts";
export type { DeployOptions } from "./deployment/deploy.ts";
export { type RunDeploymentOptions, runDeployment } from "./deployment/run-deployment.ts";
export type { ScheduleDefinition } from "./deployment/schedule.ts";
export type { DeploymentTrigger } from "./deployment/trigger.ts";
export { type WaitForRunOptions, waitForRun } from "./deployment/wait-for-run.ts";
export {
  AlreadyExists,
  BlockNotFound,
  CannotRespond,
  FlowRunConflict,
  InputTimeout,
  MissingRunContext,
  NotFound,
  NotPausable,
  PauseReplayMismatch,
  PauseTimeout,
  RunCancelled,
  RunFailed,
  RunLost,
  RunSuspended,
  RunTimeout,
  RunWaitTimeout,
} from "./errors.ts";
export { type EventDefinition, emitEvent } from "./event/emit-event.ts";
export { getRunContext, type RunContext } from "./execution/context.ts";
export type { FlowOptions } from "./flow/definition.ts";
export { type Flow, flow } from "./flow/flow.ts";
export type { FlowRun } from "./flow-run/flow-run.ts";
export type { FlowRunState } from "./flow-run/state.ts";
export { getRunLogger, type Logger } from "./log/logger.ts";
export type { PauseOptions } from "./pause/options.ts";
export { pauseFlowRun } from "./pause/pause-flow-run.ts";
export { resumeFlowRun } from "./pause/resume-flow-run.ts";
export { suspendFlowRun } from "./pause/suspend-flow-run.ts";
export { type Receiving, receiveInput, type WithMetadata } from "./run-input/receive-input.ts";
export { RunInput } from "./run-input/run-input.ts";
export { type SendInputOptions, sendInput } from "./run-input/send-input.ts";
export { type ServeOptions, serve } from "./serve/serve.ts";
export { type TaskOptions, task } from "./task/task.ts";
