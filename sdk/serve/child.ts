import type { FlowDeployment } from "../deployment/definition.ts";
import { RunCancelled, RunSuspended } from "../errors.ts";
import { startExecution } from "../execution/begin-execution.ts";
import type { Execution } from "../execution/execution.ts";
import type { FlowDefinition } from "../flow/definition.ts";
import { parseParameters } from "../flow/parameters.ts";
import { runExecution } from "../flow/run-execution.ts";
import type { ToChild, ToRunner } from "./assignment.ts";
import { endOnSignal } from "./end-on-signal.ts";

type AssignedRun = Extract<ToChild, { type: "run" }>;

/** Takes the one run that the runner assigns to this process, runs it and ends the process. Never returns. */
export function serveAsChild(deployments: FlowDeployment[]): Promise<never> {
  const flows = new Map(deployments.map((deployment) => [deployment.flowName, deployment.flow]));
  let stopping = false;
  let execution: Execution | undefined;
  const leaveIfWaiting = (waiting: boolean) => {
    if (stopping && waiting) process.exit(0);
  };
  // Without its runner nobody renews the lease or would see how the process ends.
  process.on("disconnect", () => process.exit(1));
  process.on("unhandledRejection", (error) => {
    if (error instanceof RunSuspended || error instanceof RunCancelled) return; // of a call that nobody awaits
    console.error(error);
    process.exit(1);
  });
  process.on("message", (message: ToChild) => {
    switch (message.type) {
      case "run":
        void runAssigned(message, flows, (started) => {
          execution = started;
          execution.listenWaiting(leaveIfWaiting);
        });
        return;
      case "shutdown":
        stopping = true;
        leaveIfWaiting(execution?.waiting ?? false);
        return;
      case "cancel":
        return; // read where the signal is handled
    }
  });
  const ready: ToRunner = { type: "ready" };
  process.send?.(ready);
  return new Promise(() => undefined);
}

async function runAssigned(
  assigned: AssignedRun,
  flows: Map<string, FlowDefinition>,
  onStart: (execution: Execution) => void,
): Promise<void> {
  let started: Execution | undefined;
  try {
    const definition = flows.get(assigned.flowName);
    if (!definition) throw new Error(`this script serves no flow ${JSON.stringify(assigned.flowName)}`);
    const execution = await startExecution(assigned.flowRunId, assigned.execution);
    started = execution;
    endOnSignal(execution);
    onStart(execution);
    const { parameters } = execution.flowRun;
    await runExecution(execution, definition, () => parseParameters(definition, parameters));
    process.exit(0);
  } catch (error) {
    if (error instanceof RunSuspended || error instanceof RunCancelled) process.exit(0);
    // The log of a run that failed has the error already.
    if (!started) console.error(error);
    process.exit(1);
  }
}
