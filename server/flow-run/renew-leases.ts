import sql from "sql-template-tag";
import { InvalidInputError } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import type { ExecutionRef } from "./execution.ts";
import { leaseSeconds } from "./write-transition.ts";

const mostAtOnce = 10_000;

/**
 * Begins the leases of executions anew.
 *
 * @returns those that are no longer held: replaced, ended, suspended, or of no run
 */
export async function renewLeases(
  ctx: Context,
  { executions }: { executions: readonly ExecutionRef[] },
): Promise<ExecutionRef[]> {
  if (executions.length > mostAtOnce) {
    throw InvalidInputError.at(
      ["executions"],
      `${executions.length} are too many; give at most ${mostAtOnce} at once`,
    );
  }
  const named = executions.filter(({ flowRunId }) => isId(flowRunId));
  const held = await ctx.db.query<{ id: string; execution: number }>(sql`
    UPDATE flow_run r SET lease_until = clock_timestamp() + ${leaseSeconds} * interval '1 second'
    FROM unnest(${named.map(({ flowRunId }) => flowRunId)}::uuid[], ${named.map(({ execution }) => execution)}::int[])
      AS g(id, execution)
    WHERE r.id = g.id AND r.execution = g.execution AND r.lease_until IS NOT NULL
    RETURNING r.id, r.execution`);
  const kept = new Set(held.map(({ id, execution }) => `${id} ${execution}`));
  return executions
    .filter(({ flowRunId, execution }) => !kept.has(`${flowRunId.toLowerCase()} ${execution}`))
    .map(({ flowRunId, execution }) => ({ flowRunId, execution }));
}
