import { findTarget } from "../../core/action/find-target.ts";
import type { PauseAutomation, ResumeAutomation } from "../../core/automation/action.ts";
import { relatedResource } from "../../core/flow-run/told-run.ts";
import { changeEnabled } from "../automation/set-automation-enabled.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import { done, type Effect, failed, failedBy } from "./effect.ts";
import type { Occasion } from "./occasion.ts";

/** Lets an automation no longer watch, or watch again where nothing is wrong with it. */
export async function setAutomationEnabledAction(
  tx: Transaction,
  ctx: Context,
  { type, target }: PauseAutomation | ResumeAutomation,
  { run, sources }: Occasion,
): Promise<Effect> {
  const found = findTarget("automation", target, sources);
  if ("reason" in found) return failed(found.reason);
  const enabled = type === "resume-automation";
  try {
    const { name, event } = await changeEnabled(tx, ctx, found.id, enabled, { chain: run.chain });
    return done(
      { status_code: 200, ...(event === null && { already: true }) },
      [relatedResource(`prefect.automation.${found.id.toLowerCase()}`, "target", name)],
      event === null ? {} : { events: [event], versions: true },
    );
  } catch (error) {
    return failedBy(error, null);
  }
}
