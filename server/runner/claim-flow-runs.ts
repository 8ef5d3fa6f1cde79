import sql, { type Sql } from "sql-template-tag";
import { stateEvent } from "../../core/flow-run/state-event.ts";
import type { NextState } from "../../core/flow-run/transition.ts";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import { announce } from "../flow-run/change-run.ts";
import { type Run, toldRun } from "../flow-run/run.ts";
import { stampedStateSql } from "../flow-run/stamp.ts";
import { type Execution, executionOf } from "../flow-run/start-execution.ts";
import { leaseSeconds } from "../flow-run/write-transition.ts";
import { type ClaimSource, claimSource } from "./claim-source.ts";
import { lockDueRuns } from "./lock-due-runs.ts";
import { markPolled } from "./mark-polled.ts";
import { passOver } from "./pass-over.ts";
import { type PassedOver, withinLimits } from "./within-limits.ts";

const mostAtOnce = 100;

/**
 * Gives a runner runs that are due: each becomes Pending, under a new execution number and a lease. Two runners never get the
 * same one. Of served deployments those that are due longest come first; of a pool those of the queue with the lowest priority
 * number, and never more than pool, queue and deployment may have at once.
 *
 * A paused deployment, queue or pool starts nothing: its runs stay Scheduled; of a deployment those that have begun go on.
 *
 * @param args `deploymentIds`: what the runner serves; left out by the worker of a pool
 */
export async function claimFlowRuns(
  ctx: Context,
  args: { runnerId: string; deploymentIds?: readonly string[] | null | undefined; limit: number },
): Promise<Execution[]> {
  const limit = Math.min(Math.max(0, args.limit), mostAtOnce);
  if (!isId(args.runnerId) || limit === 0) return [];
  const source = await claimSource(ctx.db, args.runnerId, args.deploymentIds);
  if (source === null) return [];
  const claimed: Run[] = [];
  for (;;) {
    const { taken, over } = await takeDue(ctx, source, {
      runnerId: args.runnerId,
      limit: limit - claimed.length,
    });
    claimed.push(...taken);
    // Those have taken the places of runs of other deployments, which are looked for again.
    if (over.length === 0 || claimed.length >= limit) break;
  }
  await markPolled(ctx, source);
  return claimed.map((run) => executionOf({ ...run, execution: run.execution + 1 }));
}

async function takeDue(
  ctx: Context,
  source: ClaimSource,
  { runnerId, limit }: { runnerId: string; limit: number },
): Promise<{ taken: Run[]; over: PassedOver[] }> {
  const done = await ctx.db.transaction(async (tx) => {
    const due = await lockDueRuns(tx, source, limit);
    const parted = due.length === 0 ? { taken: [], over: [] } : await withinLimits(tx, due);
    if (parted.taken.length > 0) tx.last(takeAll(ctx, parted.taken, runnerId));
    return parted;
  });
  for (const run of done.taken) announce(ctx, run, { next: pending });
  for (const one of done.over) await passOver(ctx, one);
  return done;
}

const pending: NextState = { type: "PENDING", name: "Pending", message: null };

/** The statement that makes runs Pending, whose rows the transaction has locked. */
function takeAll(ctx: Context, due: readonly Run[], runnerId: string): Sql {
  const events = due.map((run) => {
    const from = { type: run.stateType, name: run.stateName, message: run.stateMessage };
    return stateEvent(toldRun(run), { id: ctx.newId(), from, to: pending });
  });
  const before = { id: sql`due.state_id`, timestamp: sql`due.state_timestamp` };
  return sql`
    WITH due AS MATERIALIZED (
      SELECT r.id, r.state_id, r.state_timestamp, g.new_state_id, g.event, g.n,
        GREATEST(date_trunc('milliseconds', clock_timestamp()), r.state_timestamp + interval '1 millisecond') AS at
      FROM unnest(${due.map(({ id }) => id)}::uuid[], ${events.map(({ id }) => id)}::uuid[],
        ${events.map((event) => JSON.stringify(event))}::jsonb[]) WITH ORDINALITY AS g(id, new_state_id, event, n)
      JOIN flow_run r ON r.id = g.id
    ), history AS (
      INSERT INTO flow_run_state (id, flow_run_id, type, name, timestamp)
      SELECT new_state_id, id, 'PENDING', 'Pending', at FROM due RETURNING id
    ), taken AS (
      UPDATE flow_run r SET state_id = due.new_state_id, state_type = 'PENDING', state_name = 'Pending', state_message = NULL,
        state_timestamp = due.at, updated_at = due.at, execution = r.execution + 1, runner_id = ${runnerId}::uuid,
        lease_until = due.at + ${leaseSeconds} * interval '1 second', scheduled_for = NULL, position = next_flow_run_position()
      FROM due WHERE r.id = due.id RETURNING r.id
    )
    SELECT append_fresh_events((SELECT json_agg(${stampedStateSql(sql`due.event`, sql`due.at`, before)} ORDER BY due.n) FROM due))
    WHERE (SELECT count(*) FROM history) + (SELECT count(*) FROM taken) > 0`;
}
