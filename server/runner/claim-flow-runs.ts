import sql from "sql-template-tag";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import { announce } from "../flow-run/change-run.ts";
import { type Run, runColumns } from "../flow-run/run.ts";
import { type Execution, executionOf } from "../flow-run/start-execution.ts";
import { leaseSeconds } from "../flow-run/write-transition.ts";
import { markPolled } from "./register-runner.ts";

const mostAtOnce = 100;

/**
 * Gives a runner runs that are due, longest due first: each becomes Pending, under a new execution number and a lease. Two
 * runners never get the same one.
 */
export async function claimFlowRuns(
  ctx: Context,
  args: { runnerId: string; deploymentIds: readonly string[]; limit: number },
): Promise<Execution[]> {
  const deploymentIds = args.deploymentIds.filter(isId);
  const limit = Math.min(Math.max(0, args.limit), mostAtOnce);
  if (!isId(args.runnerId) || deploymentIds.length === 0 || limit === 0) return [];
  const claimed = await ctx.db.query<Run>(sql`
    WITH due AS MATERIALIZED (
      SELECT id, gen_random_uuid() AS new_state_id,
        GREATEST(date_trunc('milliseconds', clock_timestamp()), state_timestamp + interval '1 millisecond') AS at
      FROM flow_run
      WHERE state_type = 'SCHEDULED' AND deployment_id = ANY(${deploymentIds}::uuid[]) AND scheduled_for <= clock_timestamp()
        AND lease_until IS NULL
      ORDER BY scheduled_for, id LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ), history AS (
      INSERT INTO flow_run_state (id, flow_run_id, type, name, timestamp)
      SELECT new_state_id, id, 'PENDING', 'Pending', at FROM due
    )
    UPDATE flow_run r SET state_id = due.new_state_id, state_type = 'PENDING', state_name = 'Pending', state_message = NULL,
      state_timestamp = due.at, updated_at = due.at, execution = r.execution + 1, runner_id = ${args.runnerId}::uuid,
      lease_until = due.at + ${leaseSeconds} * interval '1 second', scheduled_for = NULL, position = next_flow_run_position()
    FROM due WHERE r.id = due.id
    RETURNING ${runColumns}`);
  for (const run of claimed)
    announce(ctx, run, { next: { type: "PENDING", name: "Pending", message: null } });
  await markPolled(ctx, deploymentIds);
  return claimed.map(executionOf);
}
