import sql, { type Sql } from "sql-template-tag";
import {
  type DeploymentChange,
  type DeploymentStatus,
  deploymentEvent,
  type ToldDeployment,
} from "../../core/deployment/deployment-event.ts";
import type { NewEvent } from "../../core/event/new-event.ts";
import type { ToldQueue } from "../../core/flow-run/told-run.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { toldQueueSql } from "../work-pool/told-queue.ts";

/** A deployment as it is now, with the database's clock at the time of reading. */
export interface DeploymentNow extends ToldDeployment {
  /** Whether it was last told to be ready. */
  ready: boolean;
  at: Date;
}

/**
 * Deployments as their events show them, by id.
 *
 * @param which a condition upon `d`, the deployment, and what the rows are locked by, if anything
 */
export async function readTold(db: Executor, which: Sql): Promise<DeploymentNow[]> {
  const rows = await db.query<Row>(sql`
    SELECT d.id, d.name, d.flow_id, (SELECT f.name FROM flow f WHERE f.id = d.flow_id) AS flow_name, d.tags, d.version, d.paused,
      d.told_ready AS ready,
      ${toldQueueSql(sql`d.work_queue_id`)} AS queue,
      clock_timestamp() AS at
    FROM deployment d WHERE ${which}`);
  return rows.map(({ flowId, flowName, ...row }) => ({ ...row, flow: { id: flowId, name: flowName } }));
}

interface Row {
  id: string;
  name: string;
  flowId: string;
  flowName: string;
  tags: string[];
  version: string | null;
  paused: boolean;
  ready: boolean;
  queue: ToldQueue | null;
  at: Date;
}

/** How a deployment stands by now (actions.md 8.2): what is told of it once that it is paused has changed. */
export function statusOf({ paused, ready }: DeploymentNow): DeploymentStatus {
  if (paused) return "disabled";
  return ready ? "ready" : "not-ready";
}

/** The event of what became of a deployment. @param chain the automations that led to it */
export function toldDeployment(
  ctx: Context,
  { at, ready: _, ...deployment }: DeploymentNow,
  change: DeploymentChange,
  chain: readonly string[] = [],
): NewEvent {
  const event = deploymentEvent(ctx.newId(), deployment, change);
  return { ...event, occurred: at, follows: null, chain: [...chain] };
}
