import type { AutomationDefinition } from "../../core/automation/automation.ts";
import { automationDocument } from "../../core/automation/document.ts";
import { refuseLoops } from "../../core/automation/loop-prevention.ts";
import { InvalidInputError } from "../../core/error.ts";
import { jsonBytes } from "../../core/json.ts";
import type { TriggerLimits } from "../../core/trigger/trigger-reading.ts";
import type { Settings } from "../env.ts";

/** What the settings allow triggers. */
export function triggerLimits({ eventRetention }: Settings): TriggerLimits {
  return { maxMetricRange: eventRetention * 86_400 };
}

/** Looks at a definition, parsed by whoever calls, once more as a whole. @throws InvalidInputError */
export function checkDefinition(settings: Settings, definition: AutomationDefinition): void {
  refuseLoops(definition);
  const bytes = jsonBytes(automationDocument(definition));
  if (bytes <= settings.maxValueBytes) return;
  throw InvalidInputError.at(
    [],
    `the automation is ${bytes} bytes of JSON; at most ${settings.maxValueBytes} are taken`,
  );
}
