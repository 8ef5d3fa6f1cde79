import { placeText } from "../document/place-text.ts";
import type { Issue } from "../error.ts";
import { namesCover } from "../event/label-spec.ts";
import type { TriggerDefinition } from "../trigger/trigger.ts";
import type { Action } from "./action.ts";
import { type AutomationDefinition, actionLists } from "./automation.ts";
import { loopIssues } from "./loop-prevention.ts";
import { isUnrestricted, mayFit, runPrefix } from "./run-events.ts";

type Leaf = Extract<TriggerDefinition, { type: "event" }>;

/** States that runs pass unless something goes wrong. */
const ordinaryStates = ["Scheduled", "Pending", "Running", "Completed"];

/**
 * Actions that may start an automation again by the run that they start: allowed, and bounded while it runs. Of a disabled automation
 * also what would be refused if it were enabled.
 */
export function loopWarnings(automation: AutomationDefinition): Issue[] {
  const refused = automation.enabled ? [] : loopIssues({ ...automation, enabled: true });
  const known = new Set(refused.map(({ path }) => path.join()));
  const leaves = eventLeaves(automation.trigger).filter(hearsRuns);
  const found = actionLists.flatMap(({ key, name }) =>
    automation[key].flatMap((action, index): Issue[] => {
      const path = [name, String(index)];
      if (known.has(path.join()) || !leaves.some((leaf) => mayHearItself(leaf, action))) return [];
      const message = `${placeText(path)} may loop: the run that it starts may make the trigger fire again; the chain is cut when it gets long`;
      return [{ path, message }];
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

/** Whether it may be made to fire by a state that runs ordinarily pass. */
function hearsRuns({ posture, expect, match }: Leaf): boolean {
  if (posture !== "Reactive") return false;
  const ids = match["prefect.resource.id"];
  const ofRuns = ids === undefined || ids.some((pattern) => mayFit(pattern, runPrefix));
  return ofRuns && ordinaryStates.some((state) => namesCover(expect, `${runPrefix}${state}`));
}

/** Whether the leaf may hear of a run that the action starts, or starts again. */
function mayHearItself({ match, matchRelated }: Leaf, action: Action): boolean {
  if (action.type === "change-flow-run-state") return action.state === "SCHEDULED";
  if (action.type !== "run-deployment") return false;
  const { deployment } = action;
  if (deployment.source === "inferred") return true;
  // A selected deployment whose runs the filters leave out is safe; filters that name it, or none, are not.
  if (
    matchRelated.some((spec) => spec["prefect.resource.id"]?.includes(`prefect.deployment.${deployment.id}`))
  )
    return true;
  return isUnrestricted(match) && matchRelated.every(isUnrestricted);
}
