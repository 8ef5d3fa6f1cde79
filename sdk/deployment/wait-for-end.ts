import { follow } from "../client/follow.ts";
import { hold } from "../client/hold.ts";
import { RunFailed } from "../errors.ts";
import type { Execution } from "../execution/execution.ts";
import { type FlowRun, flowRunOf } from "../flow-run/flow-run.ts";
import { FollowFlowRunDocument } from "../gql/graphql.ts";
import { after } from "../timer/after.ts";

/**
 * The run once it has ended, or as it is after so many seconds; null waits for the end however long that takes. Throws
 * what stops the execution that waits.
 */
export function waitForEnd(
  present: FlowRun,
  timeout: number | null,
  waiting: Execution | null,
): Promise<FlowRun> {
  let newest = present;
  const release = hold();
  let unfollow: () => void = () => undefined;
  let forget = () => {};
  const ended = new Promise<FlowRun>((resolve, reject) => {
    unfollow = follow(
      FollowFlowRunDocument,
      { id: present.id },
      {
        next(data) {
          newest = flowRunOf(data.flowRunUpdated);
          if (newest.state.isFinal()) resolve(newest);
        },
        failed: reject,
      },
    );
    if (timeout !== null) forget = after(timeout, () => resolve(newest));
  });
  return (waiting ? waiting.during(ended) : ended).finally(() => {
    forget();
    unfollow();
    release();
  });
}

/** Throws RunFailed for a run that has ended and has not completed. */
export function requireCompleted(run: FlowRun): void {
  if (run.state.isFinal() && run.state.type !== "COMPLETED") throw new RunFailed(run);
}
