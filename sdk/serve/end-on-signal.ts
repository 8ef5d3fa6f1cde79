import { Execution } from "../execution/execution.ts";
import { cancelled, lost } from "../execution/stop.ts";
import type { ToChild } from "./assignment.ts";

/** How long after the signal the runner's word on its reason may come. */
const reasonWithinMs = 200;

/**
 * The process is asked to end: its run was cancelled, or its runner stops and has waited long enough. Code that waits in
 * a call of the SDK has that call throw, and may clean up until the process is killed; other code ends here and now.
 */
export function endOnSignal(execution: Execution): void {
  let isCancelled = false;
  process.on("message", (message: ToChild) => {
    if (message.type === "cancel") isCancelled = true;
  });
  process.once("SIGTERM", () => {
    if (process.listenerCount("SIGTERM") > 0) return; // the flow's own listener ends it
    if (!Execution.tellsCode) process.exit(143);
    setTimeout(() => {
      const known = isCancelled || execution.flowRun.state.type.startsWith("CANCEL");
      execution.stop(known ? cancelled(null) : lost("the process of the run was asked to end"));
    }, reasonWithinMs);
  });
}
