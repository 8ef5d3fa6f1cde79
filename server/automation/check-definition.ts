import type { AutomationDefinition } from "../../core/automation/automation.ts";
import { automationDocument } from "../../core/automation/document.ts";
import { refuseLoops } from "../../core/automation/loop-prevention.ts";
import { InvalidInputError } from "../../core/error.ts";
import { jsonBytes } from "../../core/json.ts";
import type { TriggerLimits } from "../../core/trigger/trigger-reading.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import type { Settings } from "../env.ts";
import { checkTemplates } from "./check-templates.ts";
import { checkJobVariables } from "./job-variables.ts";

/** What the settings allow triggers. */
export function triggerLimits({ eventRetention }: Settings): TriggerLimits {
  return { maxMetricRange: eventRetention * 86_400 };
}

/**
 * Looks at a definition, parsed by whoever calls, once more as a whole, at its templates, and at its job variables.
 *
 * @param db where the deployments that it runs are seen
 * @throws InvalidInputError
 */
export async function checkDefinition(
  ctx: Context,
  definition: AutomationDefinition,
  db: Executor = ctx.db,
): Promise<void> {
  refuseLoops(definition);
  const bytes = jsonBytes(automationDocument(definition));
  const most = ctx.settings.maxValueBytes;
  if (bytes > most)
    throw InvalidInputError.at([], `the automation is ${bytes} bytes of JSON; at most ${most} are taken`);
  await checkTemplates(ctx, definition);
  await checkJobVariables(db, definition);
}
