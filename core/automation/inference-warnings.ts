import { placeText } from "../document/place-text.ts";
import type { Issue } from "../error.ts";
import type { LabelSpec, TriggerDefinition } from "../trigger/trigger.ts";
import { type AutomationDefinition, actionLists } from "./automation.ts";
import { mayFit } from "./run-events.ts";

/** What the resource ids of the server's own resources begin with. */
const ownPrefix = "prefect.";

/**
 * Actions that are to find their target in the event, where the trigger asks for events about other things only, and says nothing of
 * related resources: such events have a target only where whoever emits them adds it.
 */
export function inferenceWarnings(automation: AutomationDefinition): Issue[] {
  if (!isAboutOthers(automation.trigger)) return [];
  return actionLists.flatMap(({ key, name }) =>
    automation[key].flatMap((action, index): Issue[] => {
      if (action.type !== "run-deployment" || action.deployment.source === "selected") return [];
      const path = [name, String(index), "source"];
      const message = `${placeText(path)} is inferred, but the trigger's events are about other resources than the server's own: unless they name a deployment among their related resources, none is found`;
      return [{ path, message }];
    }),
  );
}

function isAboutOthers(trigger: TriggerDefinition): boolean {
  switch (trigger.type) {
    case "event":
      return trigger.matchRelated.length === 0 && excludesOwn(trigger.match);
    case "metric":
      return false;
    case "compound":
    case "sequence":
      return trigger.triggers.every(isAboutOthers);
  }
}

function excludesOwn(match: LabelSpec): boolean {
  const ids = match["prefect.resource.id"];
  return ids !== undefined && !ids.some((pattern) => mayFit(pattern, ownPrefix));
}
