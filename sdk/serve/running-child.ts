import { follow } from "../client/follow.ts";
import { stateOf } from "../flow-run/state.ts";
import { type ClaimFlowRunsMutation, FollowRunStateDocument } from "../gql/graphql.ts";
import type { RunnerChild } from "./child-process.ts";

export type ClaimedRun = ClaimFlowRunsMutation["claimFlowRuns"][number];

/** After its run has ended, a child has so long to end by itself. */
const afterEndMs = 10_000;

/** A claimed run and the child that runs it; watches the run, so that a cancelled one is ended even if its code is busy. */
export class RunningChild {
  cancelled = false;
  /** Whether the runner was stopping when the child ended. */
  shutdown = false;
  /** Whether its process is gone. */
  ended = false;
  #afterEnd: NodeJS.Timeout | undefined;
  readonly #unfollow: () => void;

  constructor(
    readonly run: ClaimedRun,
    readonly child: RunnerChild,
  ) {
    const { flowRun, execution, flowName } = run;
    child.tell({ type: "run", flowRunId: flowRun.id, execution, flowName });
    this.#unfollow = follow(
      FollowRunStateDocument,
      { id: flowRun.id },
      {
        next: ({ flowRunUpdated }) => {
          const state = stateOf(flowRunUpdated.state);
          if (state.type === "CANCELLING" || state.type === "CANCELLED") this.cancel();
          else if (state.isFinal()) this.endSoon();
        },
        failed: () => this.endSoon(),
      },
    );
    void child.exited.then(() => this.close());
  }

  cancel(): void {
    if (this.cancelled) return;
    this.cancelled = true;
    this.child.tell({ type: "cancel" });
    this.child.terminate();
  }

  /** The run is no longer its child's: the child has a little time to notice and end by itself. */
  endSoon(): void {
    this.#afterEnd ??= setTimeout(() => this.child.terminate(), afterEndMs);
  }

  beginShutdown(): void {
    this.shutdown = true;
    this.child.tell({ type: "shutdown" });
  }

  close(): void {
    this.ended = true;
    this.#unfollow();
    clearTimeout(this.#afterEnd);
  }
}
