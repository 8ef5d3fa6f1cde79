import { findTarget } from "../../core/action/find-target.ts";
import type {
  PauseWorkPool,
  PauseWorkQueue,
  ResumeWorkPool,
  ResumeWorkQueue,
} from "../../core/automation/action.ts";
import { nouns } from "../../core/automation/noun.ts";
import { NotFoundError } from "../../core/error.ts";
import { relatedResource } from "../../core/flow-run/told-run.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import { setWorkPoolPaused, setWorkQueuePaused } from "../work-pool/set-work-pool-paused.ts";
import { done, type Effect, failed, failedBy } from "./effect.ts";
import type { Occasion } from "./occasion.ts";

/** Pauses a work pool or a work queue, or resumes it. */
export async function setWorkPausedAction(
  tx: Transaction,
  ctx: Context,
  { type, target }: PauseWorkPool | ResumeWorkPool | PauseWorkQueue | ResumeWorkQueue,
  { run, sources }: Occasion,
): Promise<Effect> {
  const ofPool = type === "pause-work-pool" || type === "resume-work-pool";
  const noun = ofPool ? "workPool" : "workQueue";
  const found = findTarget(noun, target, sources);
  if ("reason" in found) return failed(found.reason);
  const paused = type === "pause-work-pool" || type === "pause-work-queue";
  const set = ofPool ? setWorkPoolPaused : setWorkQueuePaused;
  try {
    const { id, name, events } = await set(tx, ctx, { ...found, paused, chain: run.chain });
    const already = events.length === 0;
    return done(
      { status_code: 200, ...(already && { already }) },
      [relatedResource(`${nouns[noun].kind}.${id}`, "target", name)],
      { events, committed: () => ctx.bus.notify("claimable") },
    );
  } catch (error) {
    if (error instanceof NotFoundError)
      return failed(`${ofPool ? "Work pool" : "Work queue"} ${found.id} not found`, [], { status_code: 404 });
    return failedBy(error, null);
  }
}
