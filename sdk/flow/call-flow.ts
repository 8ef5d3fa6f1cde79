import { randomUUID } from "node:crypto";
import { beginExecution } from "../execution/begin-execution.ts";
import { context } from "../execution/context.ts";
import { keepLease } from "../execution/lease.ts";
import { reportOnSignal, unlessEnding } from "../execution/report-on-signal.ts";
import { refuseInChild } from "../serve/assignment.ts";
import { callSubflow } from "./call-subflow.ts";
import type { FlowDefinition } from "./definition.ts";
import { parseParameters, shownParameters } from "./parameters.ts";
import { runExecution } from "./run-execution.ts";

/** Runs a flow in this process: as a run of its own, or inside a run as its subflow. */
export async function callFlow(definition: FlowDefinition, given: unknown): Promise<unknown> {
  const parent = context.getStore();
  if (parent) return callSubflow(parent, definition, given);
  refuseInChild(definition.name);
  const parameters = await parseParameters(definition, given);
  const begun = await beginExecution(
    { id: randomUUID(), flowName: definition.name, parameters: shownParameters(given) },
    null,
  );
  if (begun.kind === "ended") throw begun.error;
  const { execution } = begun;
  console.log(`antiphon: run ${execution.flowRun.name} of flow ${definition.name}: ${execution.uiUrl}`);
  const release = keepLease(execution);
  const unlisten = reportOnSignal();
  try {
    return await runExecution(execution, definition, async () => parameters);
  } finally {
    await unlessEnding();
    unlisten();
    release();
  }
}
