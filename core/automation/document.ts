import type { JsonObject } from "../json.ts";
import { triggerDocument } from "../trigger/document.ts";
import { actionDocument } from "./action-kinds.ts";
import type { AutomationDefinition } from "./automation.ts";

/** The automation as a document, what a file of it holds: the parser gives the same automation back. */
export function automationDocument(automation: AutomationDefinition): JsonObject {
  return {
    name: automation.name,
    description: automation.description,
    enabled: automation.enabled,
    tags: [...automation.tags],
    trigger: triggerDocument(automation.trigger),
    actions: automation.actions.map(actionDocument),
    actions_on_trigger: automation.actionsOnTrigger.map(actionDocument),
    actions_on_resolve: automation.actionsOnResolve.map(actionDocument),
    ...(automation.ownerResource !== undefined && { owner_resource: automation.ownerResource }),
  };
}
