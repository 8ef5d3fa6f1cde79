import { findTarget } from "../../core/action/find-target.ts";
import type { Target } from "../../core/automation/action.ts";
import type { Labels } from "../../core/event/event.ts";
import { relatedResource } from "../../core/flow-run/told-run.ts";
import { type Effect, failed, failedBy } from "./effect.ts";
import type { Occasion } from "./occasion.ts";

/** The run as what an action acted upon. */
export function targetRun({ id, name }: { id: string; name: string }): Labels {
  return relatedResource(`prefect.flow-run.${id}`, "target", name);
}

/**
 * Does something with the run that an action names, or that what happened is about. What the rules refuse is a final failure.
 *
 * @param doing begins the reason of a refusal
 * @param known what the run is, as soon as `work` knows it: it is related to a failure too
 */
export async function onFlowRun<T>(
  target: Target,
  { sources }: Occasion,
  doing: string,
  work: (id: string, known: (run: { id: string; name: string }) => void) => Promise<T>,
): Promise<T | Effect> {
  const found = findTarget("flowRun", target, sources);
  if ("reason" in found) return failed(found.reason);
  let related: Labels[] = [];
  try {
    return await work(found.id, (run) => {
      related = [targetRun(run)];
    });
  } catch (error) {
    return failedBy(error, doing, related);
  }
}
