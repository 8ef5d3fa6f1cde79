import { socketClient } from "../client/client.ts";
import { refusalError } from "../client/refusal.ts";
import { BeginFlowRunDocument, type BeginFlowRunInput, StartExecutionDocument } from "../gql/graphql.ts";
import { Execution } from "./execution.ts";

/** Creates the run of a called flow and begins it, or goes on with the run of that id; "ended": there is nothing to go on with. */
export async function beginExecution(
  run: BeginFlowRunInput,
  parent: Execution | null,
): Promise<{ kind: "begun"; execution: Execution } | { kind: "ended"; error: Error }> {
  const { beginFlowRun } = await socketClient().request(BeginFlowRunDocument, { run });
  switch (beginFlowRun.__typename) {
    case "Execution":
      return { kind: "begun", execution: new Execution(beginFlowRun, parent) };
    case "StateConflictError":
      return { kind: "ended", error: refusalError(beginFlowRun) };
    case "StaleExecutionError":
      throw parent ? parent.refused(beginFlowRun) : refusalError(beginFlowRun);
    case "InvalidInputError":
    case "NotFoundError":
      throw refusalError(beginFlowRun, run.parameters);
  }
}

/** Takes the run that was claimed for this process. */
export async function startExecution(flowRunId: string, number: number): Promise<Execution> {
  const { startExecution } = await socketClient().request(StartExecutionDocument, {
    flowRunId,
    execution: number,
  });
  if (startExecution.__typename === "Execution") return new Execution(startExecution, null);
  // The document asks for no issues, since nothing but an id and a number was given.
  if (startExecution.__typename === "InvalidInputError") throw new Error(startExecution.message);
  throw refusalError(startExecution);
}
