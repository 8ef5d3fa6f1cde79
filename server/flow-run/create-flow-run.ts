import sql from "sql-template-tag";
import { runName } from "../../core/flow-run/name.ts";
import { defaultStateName } from "../../core/flow-run/state.ts";
import type { Context } from "../context.ts";

export interface NewFlowRun {
  id: string;
  flowId: string;
  deploymentId: string | null;
  name: string | null;
  parameters: unknown;
  tags: readonly string[];
  state: "SCHEDULED" | "PENDING";
  /** From when a runner may claim it; null: at once. */
  scheduledFor: Date | null;
  parentId: string | null;
  subflow: boolean;
  idempotencyKey: string | null;
  createdBy: string | null;
}

/**
 * Stores a new run with its first state.
 *
 * @returns false where a run of this id, or of this deployment and idempotency key, is there already
 */
export async function createFlowRun(ctx: Context, run: NewFlowRun): Promise<boolean> {
  const stateId = ctx.newId();
  const name = run.name ?? runName(Math.floor(Math.random() * 1e9));
  const stored = await ctx.db.query(sql`
    WITH moment AS (SELECT date_trunc('milliseconds', clock_timestamp()) AS at),
    created AS (
      INSERT INTO flow_run (id, name, flow_id, deployment_id, parameters, tags, state_id, state_type, state_name,
        state_timestamp, scheduled_for, expected_start, parent_id, subflow, idempotency_key, created_by, created_at, updated_at,
        position)
      SELECT ${run.id}::uuid, ${name}, ${run.flowId}::uuid, ${run.deploymentId}::uuid, ${JSON.stringify(run.parameters)}::json,
        ${[...run.tags]}::text[], ${stateId}::uuid, ${run.state}, ${defaultStateName(run.state)}, at,
        CASE WHEN ${run.state} = 'SCHEDULED' THEN COALESCE(${run.scheduledFor}::timestamptz, at) END,
        COALESCE(${run.scheduledFor}::timestamptz, at), ${run.parentId}::uuid, ${run.subflow}, ${run.idempotencyKey},
        ${run.createdBy}, at, at, next_flow_run_position() FROM moment
      ON CONFLICT DO NOTHING
      RETURNING id, state_id, state_type, state_name, state_timestamp
    )
    INSERT INTO flow_run_state (id, flow_run_id, type, name, timestamp)
    SELECT state_id, id, state_type, state_name, state_timestamp FROM created RETURNING id`);
  if (stored.length === 0) return false;
  ctx.bus.notify(`run:${run.id}`, "flow-runs");
  if (run.state === "SCHEDULED") ctx.bus.notify("claimable");
  return true;
}
