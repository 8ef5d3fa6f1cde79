import type { NextState, RunFacts } from "./transition.ts";

/** The name of the state of a run that waits for others of its deployment. */
export const awaitingSlot = "AwaitingConcurrencySlot";

/** What a deployment says of how many of its runs may be under way at once. */
export interface RunLimit {
  most: number;
  /** Whether a new run beyond it is cancelled rather than waits. */
  cancelsNew: boolean;
}

/**
 * What becomes of a run that would begin while as many others of its deployment are under way as may be; null where it waits for
 * a slot already. One that has begun before is not new: it waits, whatever the strategy. Pure.
 */
export function overLimit(
  { state, runCount }: Pick<RunFacts, "state"> & { runCount: number },
  { most, cancelsNew }: RunLimit,
): NextState | null {
  const full = `The deployment has ${most} ${most === 1 ? "run" : "runs"} under way, the most it may have at once`;
  if (cancelsNew && runCount === 0) return { type: "CANCELLED", name: "Cancelled", message: full };
  if (state?.name === awaitingSlot) return null;
  return { type: "SCHEDULED", name: awaitingSlot, message: full };
}
