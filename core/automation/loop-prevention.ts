import { invalid } from "../document/reading.ts";
import type { Issue } from "../error.ts";
import type { Action } from "./action.ts";
import type { AutomationDefinition } from "./automation.ts";
import { isUnrestricted } from "./run-events.ts";

/** Names that every run passes. */
const universal = ["Scheduled", "Pending", "Running", "*"].map((state) => `prefect.flow-run.${state}`);

type Judged = Pick<AutomationDefinition, "enabled" | "trigger" | "actions">;

/**
 * The actions by which an automation would start itself again without end (triggers.md §14): enabled, with a reactive event trigger on
 * states that every run passes, it starts a run of whatever the event is about, or of a deployment without looking at whose run it was.
 * Whatever else may loop is a warning.
 */
export function loopIssues({ enabled, trigger, actions }: Judged): Issue[] {
  if (!enabled || trigger.type !== "event" || trigger.posture !== "Reactive") return [];
  const name = trigger.expect.find((expected) => universal.includes(expected));
  if (name === undefined) return [];
  const unrestricted = isUnrestricted(trigger.match) && trigger.matchRelated.every(isUnrestricted);
  return actions.flatMap((action, index) => {
    const problem = loopProblem(action, unrestricted);
    if (problem === null) return [];
    const message = `actions[${index}] would loop: every run passes ${name}, also the run that it starts; ${problem}`;
    return [{ path: ["actions", String(index)], message }];
  });
}

/** @throws InvalidInputError */
export function refuseLoops(automation: Judged): void {
  const issues = loopIssues(automation);
  if (issues.length > 0) throw invalid(issues);
}

function loopProblem(action: Action, unrestricted: boolean): string | null {
  if (action.type !== "run-deployment") return null;
  if (action.deployment.source === "inferred")
    return "expect later states only, such as prefect.flow-run.Failed, or select a deployment";
  return unrestricted ? "name in match or match_related which runs are meant" : null;
}
