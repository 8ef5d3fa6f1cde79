import { jsonEquals } from "../json.ts";
import { triggerDocument } from "./document.ts";
import type { TriggerDefinition } from "./trigger.ts";

/** Whether two triggers in their normal form are equal; ids do not count. */
export function sameTrigger(a: TriggerDefinition, b: TriggerDefinition): boolean {
  return jsonEquals(triggerDocument(a), triggerDocument(b));
}
