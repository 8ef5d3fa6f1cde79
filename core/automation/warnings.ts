import { placeText } from "../document/place-text.ts";
import type { Issue } from "../error.ts";
import { triggerWarnings } from "../trigger/warnings.ts";
import type { AutomationDefinition } from "./automation.ts";
import { inferenceWarnings } from "./inference-warnings.ts";
import { loopWarnings } from "./loop-warnings.ts";

/** What is valid but doubtful in an automation; paths are those of its document. What it names is not looked up. */
export function automationWarnings(automation: AutomationDefinition): Issue[] {
  return [
    ...triggerWarnings(automation.trigger, ["trigger"]),
    ...neverResolved(automation),
    ...loopWarnings(automation),
    ...inferenceWarnings(automation),
  ];
}

/** The warning that a selected deployment is not there. */
export function unknownDeployment(id: string, path: string[]): Issue {
  const text = `${placeText(path)} names no deployment that is there: ${JSON.stringify(id)}; the action would fail`;
  return { path, message: text };
}

function neverResolved({ trigger, actionsOnResolve }: AutomationDefinition): Issue[] {
  if (actionsOnResolve.length === 0 || trigger.type === "metric") return [];
  const message = "actions_on_resolve are never carried out: only metric triggers resolve";
  return [{ path: ["actions_on_resolve"], message }];
}
