import { jsonEquals } from "../json.ts";
import { assignIds } from "../trigger/ids.ts";
import { sameTrigger } from "../trigger/same-trigger.ts";
import type { AutomationDefinition, StoredAutomation } from "./automation.ts";
import { automationDocument } from "./document.ts";

/** What replacing an automation comes to. */
export interface AutomationChange {
  readonly automation: StoredAutomation;
  /** Watching starts afresh: its trigger is another one, or it was not watching. */
  readonly startsAfresh: boolean;
}

/** A new automation, its trigger with ids. */
export function newAutomation(definition: AutomationDefinition, newId: () => string): StoredAutomation {
  const { trigger, ownerResource, ...rest } = definition;
  return { ...rest, trigger: assignIds(trigger, newId), ownerResource: ownerResource ?? null };
}

/**
 * What becomes of an automation that is replaced; null where it is equal. An unchanged trigger keeps its ids, a changed one gets new ones
 * at every level. The owner stays.
 */
export function changedAutomation(
  before: StoredAutomation,
  definition: AutomationDefinition,
  newId: () => string,
): AutomationChange | null {
  const { ownerResource } = before;
  if (jsonEquals(automationDocument({ ...definition, ownerResource }), automationDocument(before)))
    return null;
  const sameWatch = sameTrigger(before.trigger, definition.trigger);
  const trigger = sameWatch ? before.trigger : assignIds(definition.trigger, newId);
  return {
    automation: { ...definition, trigger, ownerResource },
    startsAfresh: !sameWatch || (definition.enabled && !before.enabled),
  };
}
