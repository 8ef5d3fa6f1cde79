import { socketClient } from "../client/client.ts";
import { stateOf } from "../flow-run/state.ts";
import { ReadFlowRunDocument, RenewLeasesDocument } from "../gql/graphql.ts";
import type { Execution } from "./execution.ts";

const renewEveryMs = 10_000;
const takenAway = "this process was not heard of for too long, and the run was taken from it";
const held = new Set<Execution>();
let timer: NodeJS.Timeout | undefined;
let renewing = false;

/** Keeps an execution's lease, of 30 s, while this process works on it. Returns what ends that. */
export function keepLease(execution: Execution): () => void {
  held.add(execution);
  timer ??= setInterval(() => void renew(), renewEveryMs).unref();
  return () => {
    held.delete(execution);
    if (held.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The executions that this process works on, whose leases it keeps itself. */
export function heldExecutions(): Execution[] {
  return [...held];
}

async function renew(): Promise<void> {
  if (renewing) return;
  renewing = true;
  try {
    const asked = [...held];
    const executions = asked.map((execution) => execution.ref);
    const { renewLeases } = await socketClient().request(RenewLeasesDocument, { executions });
    const isGone = ({ id, number }: Execution) =>
      renewLeases.some((gone) => gone.flowRunId === id && gone.execution === number);
    for (const execution of asked.filter(isGone)) {
      const { flowRun } = await socketClient().request(ReadFlowRunDocument, { id: execution.id });
      execution.over(flowRun && stateOf(flowRun.state), takenAway);
    }
  } catch {
    // The next turn tries again; the server gives leases a full period after its own absence.
  } finally {
    renewing = false;
  }
}
