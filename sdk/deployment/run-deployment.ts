import { randomUUID } from "node:crypto";
import { toJson } from "../../core/json.ts";
import { InputValidationError } from "../../core/run-input/errors.ts";
import { socketClient } from "../client/client.ts";
import { refusalError } from "../client/refusal.ts";
import { type Context, checkContext, context, requested } from "../execution/context.ts";
import { derivedId } from "../execution/derived-id.ts";
import { type FlowRun, flowRunOf } from "../flow-run/flow-run.ts";
import { RunDeploymentDocument } from "../gql/graphql.ts";
import { requireCompleted, waitForEnd } from "./wait-for-end.ts";

/** What a run of a deployment begins with, and whether it is waited for. */
export interface RunDeploymentOptions {
  /** Merged over the deployment's. Objects with `__prefect_kind` in them are placeholders, which the server fills in. */
  parameters?: object;
  /** Seconds to wait for the run's end: 0 returns at once, null (the default) waits for the end. */
  timeout?: number | null;
  /** Whether the run is linked to the run that asks for it, which cancels it too when it is cancelled; true by default. */
  asSubflow?: boolean;
  /**
   * What becomes of a linked run when the run that asks for it ends: it goes on, or is cancelled, however that one ends. Where it
   * is left out, it is cancelled where that one is cancelled.
   */
  onParentFinal?: "keep" | "cancel";
  /** One is made up where it is left out. */
  flowRunName?: string;
  /** Not before this; now where it is left out. */
  scheduledTime?: Date;
  /** Added to the deployment's. */
  tags?: string[];
  /** Asked for again under the same key, the first run is the result. Inside a run it is derived from the call. */
  idempotencyKey?: string;
  /** Another queue of the deployment's work pool. */
  workQueueName?: string;
  /** For the workers of its work pool; merged over the deployment's, with placeholders likewise. */
  jobVariables?: object;
  /** Whether a run that ends within `timeout` and has not completed is an error, RunFailed; false by default. */
  throwOnFailure?: boolean;
}

const parentFinal = { keep: "KEEP", cancel: "CANCEL" } as const;

/**
 * Has a deployment run by whoever serves it, or by the workers of its pool. `deployment` is `<flow>/<deployment>` or an id.
 * Returns the run, ended or not; a run that failed is no error here unless `throwOnFailure` says so. Throws NotFound, and
 * InputValidationError for parameters that are refused.
 */
export async function runDeployment(
  deployment: string,
  options: RunDeploymentOptions = {},
): Promise<FlowRun> {
  const { timeout = null } = options;
  if (timeout !== null && !(Number.isFinite(timeout) && timeout >= 0)) {
    throw new TypeError(`runDeployment: timeout is a number of seconds, 0 or more, or null, not ${timeout}`);
  }
  const at = context.getStore();
  if (at) checkContext(at, true);
  const request = socketClient().request(RunDeploymentDocument, {
    deployment,
    parameters: json(options.parameters),
    name: options.flowRunName ?? null,
    tags: options.tags ?? [],
    scheduledTime: options.scheduledTime?.toISOString() ?? null,
    idempotencyKey: options.idempotencyKey ?? (at ? keyInRun(at, deployment) : randomUUID()),
    jobVariables: options.jobVariables === undefined ? null : json(options.jobVariables),
    workQueue: options.workQueueName ?? null,
    parent: at && (options.asSubflow ?? true) ? at.execution.ref : null,
    onParentFinal: options.onParentFinal ? parentFinal[options.onParentFinal] : null,
  });
  const { runDeployment: result } = await (at ? requested(at, request) : request);
  if (result.__typename === "StaleExecutionError" && at) throw at.execution.refused(result);
  if (result.__typename !== "FlowRun") throw refusalError(result, options.parameters);
  const run = flowRunOf(result);
  const now =
    timeout === 0 || run.state.isFinal() ? run : await waitForEnd(run, timeout, at?.execution ?? null);
  if (options.throwOnFailure) requireCompleted(now);
  return now;
}

/** The same for the same call in a re-run. What a task asks for is counted apart: the task itself may not run again. */
function keyInRun(at: Context, deployment: string): string {
  const scope = at.task?.scope ?? "";
  const call = at.attempt.count(`deployment ${scope} ${deployment}`);
  return derivedId([at.execution.id, at.attempt.number, "deployment", scope, deployment, call]);
}

function json(parameters: object | undefined): unknown {
  const found = toJson(parameters ?? {});
  if (found.ok) return found.value;
  throw InputValidationError.of("the parameters", parameters, [{ path: found.path, message: found.message }]);
}
