import { findTarget } from "../../core/action/find-target.ts";
import type { PauseDeployment, ResumeDeployment } from "../../core/automation/action.ts";
import { relatedResource } from "../../core/flow-run/told-run.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import { setDeploymentPaused } from "../deployment/set-deployment-paused.ts";
import { done, type Effect, failed, failedBy } from "./effect.ts";
import type { Occasion } from "./occasion.ts";

/** Pauses a deployment, or resumes it. */
export async function setDeploymentPausedAction(
  tx: Transaction,
  ctx: Context,
  { type, target }: PauseDeployment | ResumeDeployment,
  { run, sources }: Occasion,
): Promise<Effect> {
  const found = findTarget("deployment", target, sources);
  if ("reason" in found) return failed(found.reason);
  const paused = type === "pause-deployment";
  try {
    const { id, name, events, committed } = await setDeploymentPaused(tx, ctx, {
      ...found,
      paused,
      chain: run.chain,
    });
    const already = events.length === 0;
    return done(
      { status_code: 200, ...(already && { already }) },
      [relatedResource(`prefect.deployment.${id}`, "target", name)],
      { events, committed },
    );
  } catch (error) {
    return failedBy(error, null);
  }
}
