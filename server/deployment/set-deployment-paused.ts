import sql from "sql-template-tag";
import { NotFoundError } from "../../core/error.ts";
import type { NewEvent } from "../../core/event/new-event.ts";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { appendEvents } from "../event/append-events.ts";
import { activeSchedules, announceRunsAhead, deleteRunsAhead } from "../schedule/runs-ahead.ts";
import { readTold, statusOf, toldDeployment } from "./told-deployment.ts";

/** A deployment that was paused or resumed. */
export interface PausedDeployment {
  id: string;
  name: string;
  /** For the transaction's end; none where it was so already. */
  events: NewEvent[];
  /** For after the commit. */
  committed: () => void;
}

/**
 * Pauses a deployment, or resumes it, in the caller's transaction, which holds it from then on. The runs that its schedules have made
 * ahead go, and are made anew when it is resumed; the schedules themselves stay as they are.
 *
 * @param chain the automations that led to it
 * @throws NotFoundError
 */
export async function setDeploymentPaused(
  tx: Executor,
  ctx: Context,
  { id, paused, chain = [] }: { id: string; paused: boolean; chain?: readonly string[] },
): Promise<PausedDeployment> {
  // Not FOR UPDATE: who makes a run of it holds the log when its reference to the deployment is checked.
  const [before] = isId(id) ? await readTold(tx, sql`d.id = ${id}::uuid FOR NO KEY UPDATE OF d`) : [];
  if (before === undefined) throw new NotFoundError("deployment", id);
  const { name } = before;
  if (before.paused === paused) return { id: before.id, name, events: [], committed: () => undefined };
  await tx.query(
    sql`UPDATE deployment SET paused = ${paused}, updated_at = now() WHERE id = ${before.id}::uuid`,
  );
  const deleted = await deleteRunsAhead(tx, await activeSchedules(tx, [before.id]));
  const committed = () => {
    announceRunsAhead(ctx, deleted);
    ctx.bus.notify("claimable");
  };
  const now = { ...before, paused };
  const events = [
    toldDeployment(ctx, now, { verb: "updated", changed: ["paused"] }, chain),
    toldDeployment(ctx, now, { verb: statusOf(now) }, chain),
  ];
  return { id: before.id, name, events, committed };
}

/**
 * Pauses a deployment, or resumes it.
 *
 * @returns its id
 * @throws NotFoundError
 */
export async function pauseOrResumeDeployment(
  ctx: Context,
  args: { id: string; paused: boolean },
): Promise<string> {
  const { id, events, committed } = await ctx.db.transaction(async (tx) => {
    const done = await setDeploymentPaused(tx, ctx, args);
    if (done.events.length > 0) tx.last(appendEvents(done.events));
    return done;
  });
  if (events.length > 0) ctx.bus.notify("events");
  committed();
  return id;
}
