import type { InputOf, InputType } from "../../core/run-input/contract.ts";
import { socketClient } from "../client/client.ts";
import { refusalError } from "../client/refusal.ts";
import { NotPausable } from "../errors.ts";
import { checkContext, context, requireContext } from "../execution/context.ts";
import { SuspendFlowRunDocument } from "../gql/graphql.ts";
import { ask } from "./ask.ts";
import { askedBy, checkAreOptions, type PauseOptions, shown } from "./options.ts";

/**
 * Ends this process's part in the run. Once resumed, the run is run again from its first line, and this call then
 * returns the answer. No timeout by default. The run needs a deployment, whose runner starts it again.
 *
 * With the id of another run, that run stops at its next task, subflow or wait, or before its final state.
 */
export function suspendFlowRun(options?: PauseOptions & { flowRunId?: string }): Promise<void>;
export function suspendFlowRun<T extends InputType>(
  options: PauseOptions & { waitForInput: T },
): Promise<InputOf<T>>;
export async function suspendFlowRun(
  options: PauseOptions & { waitForInput?: InputType; flowRunId?: string } = {},
): Promise<unknown> {
  checkAreOptions("suspendFlowRun", options);
  const { flowRunId, ...asking } = options;
  if (flowRunId !== undefined && flowRunId !== context.getStore()?.execution.id) {
    return suspendOther(flowRunId, asking);
  }
  const at = requireContext("suspendFlowRun() without a flowRunId");
  if (at.task) {
    throw new NotPausable(
      `the task ${at.task.name} cannot suspend its run, since it would have to be run again from its middle: suspend in the flow's own code`,
    );
  }
  return ask(at, askedBy("suspendFlowRun", asking));
}

async function suspendOther(
  flowRunId: string,
  options: PauseOptions & { waitForInput?: InputType },
): Promise<void> {
  const given = Object.entries(options).find(([name, value]) => name !== "timeout" && value !== undefined);
  if (given)
    throw new TypeError(`suspendFlowRun: with a flowRunId only timeout can be given, not ${given[0]}`);
  const { timeout = null } = options;
  if (timeout !== null && !(Number.isFinite(timeout) && timeout > 0)) {
    throw new TypeError(
      `suspendFlowRun: timeout is a number of seconds above 0, or null, not ${shown(timeout)}`,
    );
  }
  const at = context.getStore();
  if (at) checkContext(at, true);
  const { suspend } = await socketClient().request(SuspendFlowRunDocument, { flowRunId, timeout });
  if (suspend.__typename !== "FlowRun") throw refusalError(suspend);
}
