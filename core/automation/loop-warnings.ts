import { placeText } from "../document/place-text.ts";
import type { Issue } from "../error.ts";
import { namesCover } from "../event/label-spec.ts";
import { labelPattern } from "../event/pattern.ts";
import type { TriggerDefinition } from "../trigger/trigger.ts";
import type { Action, RetryFlowRun, RunDeployment } from "./action.ts";
import { type AutomationDefinition, actionLists } from "./automation.ts";
import { mayHearEvent } from "./emitted-loop.ts";
import { loopIssues } from "./loop-prevention.ts";
import { isUnrestricted, mayFit, runPrefix } from "./run-events.ts";

type Leaf = Extract<TriggerDefinition, { type: "event" }>;

/** The label of a run's events that counts its attempts. */
const runCount = "prefect.run-count";

/** States that runs pass unless something goes wrong. */
const ordinaryStates = ["Scheduled", "Pending", "Running", "Completed"];
/** Those, and the others with which runs end. */
const retriedStates = [...ordinaryStates, "Failed", "Crashed", "TimedOut", "Cancelled"];

const restart = "the run that it starts may make the trigger fire again; the chain is cut when it gets long";
const retried = `the run that it retries may end so again; say in match how often, such as "${runCount}": ["1", "2"], else it goes on until the chain is cut`;
const echo = "the event that it emits may make the trigger fire again; the chain is cut when it gets long";

/**
 * Actions that may start an automation again by what they start, retry or emit: allowed, and bounded while it runs. Of a disabled
 * automation also what would be refused if it were enabled.
 */
export function loopWarnings(automation: AutomationDefinition): Issue[] {
  const refused = automation.enabled ? [] : loopIssues({ ...automation, enabled: true });
  const known = new Set(refused.map(({ path }) => path.join()));
  const leaves = eventLeaves(automation.trigger).filter(({ posture }) => posture === "Reactive");
  const found = actionLists.flatMap(({ key, name }) =>
    automation[key].flatMap((action, index): Issue[] => {
      const path = [name, String(index)];
      const problem = known.has(path.join()) ? null : loopOf(leaves, action);
      return problem === null ? [] : [{ path, message: `${placeText(path)} may loop: ${problem}` }];
    }),
  );
  const warned = refused.map(({ path, message }) => ({
    path,
    message: `${message}; it cannot be enabled so`,
  }));
  return [...warned, ...found];
}

function eventLeaves(trigger: TriggerDefinition): Leaf[] {
  switch (trigger.type) {
    case "event":
      return [trigger];
    case "metric":
      return [];
    case "compound":
    case "sequence":
      return trigger.triggers.flatMap(eventLeaves);
  }
}

/** How one of the leaves may hear of what the action does; null where none does. */
function loopOf(leaves: readonly Leaf[], action: Action): string | null {
  switch (action.type) {
    case "change-flow-run-state":
      return action.state === "SCHEDULED" && leaves.some((leaf) => hearsRuns(leaf, ordinaryStates))
        ? restart
        : null;
    case "run-deployment":
      return leaves.some((leaf) => hearsRuns(leaf, ordinaryStates) && mayHearRunOf(leaf, action))
        ? restart
        : null;
    case "retry-flow-run":
      return leaves.some((leaf) => hearsRuns(leaf, retriedStates) && mayHearAgain(leaf, action))
        ? retried
        : null;
    case "emit-event":
      return leaves.some((leaf) => mayHearEvent(leaf, action)) ? echo : null;
    default:
      return null;
  }
}

/** Whether it may be made to fire by one of these states of a run. */
function hearsRuns({ expect, match }: Leaf, states: readonly string[]): boolean {
  const ids = match["prefect.resource.id"];
  const ofRuns = ids === undefined || ids.some((pattern) => mayFit(pattern, runPrefix));
  return ofRuns && states.some((state) => namesCover(expect, `${runPrefix}${state}`));
}

/** Whether the leaf may hear of a run that the action starts. */
function mayHearRunOf({ match, matchRelated }: Leaf, { deployment }: RunDeployment): boolean {
  if (deployment.source === "inferred") return true;
  // A selected deployment whose runs the filters leave out is safe; filters that name it, or none, are not.
  if (
    matchRelated.some((spec) => spec["prefect.resource.id"]?.includes(`prefect.deployment.${deployment.id}`))
  )
    return true;
  return isUnrestricted(match) && matchRelated.every(isUnrestricted);
}

/** Whether the leaf may hear of each further end of a run that the action retries. */
function mayHearAgain({ match }: Leaf, { target }: RetryFlowRun): boolean {
  const counts = match[runCount];
  // A run that never gets as far as Running stays at 0.
  if (counts?.every((count) => /^[1-9]\d*$/.test(count))) return false;
  const ids = match["prefect.resource.id"];
  if (target.source === "inferred" || ids === undefined) return true;
  return ids.some((pattern) => labelPattern(pattern)(`${runPrefix}${target.id}`));
}
