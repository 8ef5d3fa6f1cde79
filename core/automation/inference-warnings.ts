import { placeText } from "../document/place-text.ts";
import type { Issue } from "../error.ts";
import type { LabelSpec, TriggerDefinition } from "../trigger/trigger.ts";
import { actionTarget } from "./action-kinds.ts";
import { type AutomationDefinition, actionLists } from "./automation.ts";
import { nouns } from "./noun.ts";
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
      const acted = actionTarget(action);
      if (acted === null || acted.target.source === "selected") return [];
      // Whatever the trigger, the event that tells of the firing is about this automation.
      if (acted.noun === "automation" && key !== "actions") return [];
      const path = [name, String(index), "source"];
      const { thing } = nouns[acted.noun];
      const message = `${placeText(path)} is inferred, but the trigger's events are about other resources than the server's own: unless they name ${thing === "automation" ? "an" : "a"} ${thing} among their related resources, none is found`;
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
