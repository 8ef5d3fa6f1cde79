import { socketClient } from "../client/client.ts";
import { refusalError } from "../client/refusal.ts";
import { flowRunOf } from "../flow-run/flow-run.ts";
import { SetFlowRunStateDocument, type StateInput } from "../gql/graphql.ts";
import type { Execution } from "./execution.ts";

/**
 * Proposes a state of the run, its end or its next attempt. Null where the run stays in another state, as when it was
 * suspended or cancelled meanwhile; `execution.flowRun` then shows it.
 */
export async function proposeState(
  execution: Execution,
  state: StateInput,
): Promise<{ attempt: number } | null> {
  const { setFlowRunState } = await socketClient().request(SetFlowRunStateDocument, {
    ...execution.ref,
    state,
  });
  switch (setFlowRunState.__typename) {
    case "StateProposal":
      execution.flowRun = flowRunOf(setFlowRunState.flowRun);
      return setFlowRunState.accepted ? { attempt: setFlowRunState.flowRun.attempt } : null;
    case "StaleExecutionError":
      execution.refused(setFlowRunState);
      return null;
    case "NotFoundError":
      execution.over(null);
      return null;
    case "InvalidInputError":
      throw refusalError(setFlowRunState);
  }
}
