import { socketClient } from "../client/client.ts";
import { ReportExitDocument } from "../gql/graphql.ts";
import type { Execution } from "./execution.ts";
import { heldExecutions } from "./lease.ts";

/** How long the process outlives the signal, for the server to hear of it: longer where it is there, and only slow. */
const atMostMs = { connected: 5_000, apart: 1_000 };
let open = 0;
let ending = false;

/**
 * Has SIGINT and SIGTERM tell the server at once that this process's runs are over, before they end the process as they
 * would have without this. A program with a listener of its own decides itself what becomes of its runs. Returns what
 * ends that.
 */
export function reportOnSignal(): () => void {
  open += 1;
  // First of all listeners, so that one that listens only once is still counted.
  if (open === 1) {
    process.prependListener("SIGINT", hear);
    process.prependListener("SIGTERM", hear);
  }
  return () => {
    open -= 1;
    if (open === 0) forget();
  };
}

/** Never resolves once a signal ends the process: how the code of a run ends then is nobody's matter. */
export function unlessEnding(): Promise<void> {
  return ending ? new Promise(() => undefined) : Promise.resolve();
}

function hear(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  forget(); // the next signal ends the process at once
  ending = true;
  void report(signal).finally(() => process.kill(process.pid, signal));
}

function forget(): void {
  process.off("SIGINT", hear);
  process.off("SIGTERM", hear);
}

async function report(signal: NodeJS.Signals): Promise<void> {
  const executions = heldExecutions();
  // The news of their end would have their code fail, and the process end in another way.
  for (const execution of executions) execution.close();
  const { connected } = socketClient().connection;
  const late = new Promise((resolve) => setTimeout(resolve, connected ? atMostMs.connected : atMostMs.apart));
  const told = Promise.allSettled(executions.map((one) => tell(one, signal)));
  await Promise.race([told, late]);
}

function tell(execution: Execution, signal: NodeJS.Signals): Promise<unknown> {
  return socketClient().request(ReportExitDocument, { ...execution.ref, signal, reason: "EXIT" });
}
