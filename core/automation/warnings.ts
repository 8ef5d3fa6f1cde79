import { placeText } from "../document/place-text.ts";
import type { Issue } from "../error.ts";
import { triggerWarnings } from "../trigger/warnings.ts";
import type { AutomationDefinition } from "./automation.ts";
import { inferenceWarnings } from "./inference-warnings.ts";
import { loopWarnings } from "./loop-warnings.ts";
import { nouns } from "./noun.ts";
import type { SelectedTarget } from "./related-resources.ts";

/** What is valid but doubtful in an automation; paths are those of its document. What it names is not looked up. */
export function automationWarnings(automation: AutomationDefinition): Issue[] {
  return [
    ...triggerWarnings(automation.trigger, ["trigger"]),
    ...neverResolved(automation),
    ...loopWarnings(automation),
    ...inferenceWarnings(automation),
  ];
}

/** The warning that what an action selects is not there. */
export function unknownTarget({ noun, written, path }: SelectedTarget): Issue {
  const text = `${placeText(path)} names no ${nouns[noun].thing} that is there: ${JSON.stringify(written)}; the action would fail`;
  return { path, message: text };
}

function neverResolved({ trigger, actionsOnResolve }: AutomationDefinition): Issue[] {
  if (actionsOnResolve.length === 0 || trigger.type === "metric") return [];
  const message = "actions_on_resolve are never carried out: only metric triggers resolve";
  return [{ path: ["actions_on_resolve"], message }];
}
