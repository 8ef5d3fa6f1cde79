import sql from "sql-template-tag";
import { InvalidInputError } from "../../core/error.ts";
import type { NewEvent } from "../../core/event/new-event.ts";
import { isId } from "../../core/id.ts";
import { appendVersions } from "../automation/append-versions.ts";
import type { Context } from "../context.ts";
import { resumeTriggers } from "../deployment/stopped-triggers.ts";
import { resumeSchedules } from "../schedule/stopped-schedules.ts";
import { findQueues } from "../work-pool/find-queues.ts";
import type { ClaimSource } from "./claim-source.ts";
import { markPolled } from "./mark-polled.ts";
import { onlineSeconds } from "./online.ts";
import { lockDeployments } from "./served-deployments.ts";

export interface RunnerArgs {
  id: string;
  name: string;
  deploymentIds?: readonly string[] | null | undefined;
  limit?: number | null | undefined;
  /** The name of the pool whose worker it is; left out by who serves deployments. */
  workPool?: string | null | undefined;
  /** The names of the queues whose runs it takes; all of them where it is left out or empty. */
  workQueues?: readonly string[] | null | undefined;
}

/**
 * Makes a runner known, and is its sign of life every 30 s. Where it is new, or was thought to be gone, what was paused because
 * nobody served its deployments watches again.
 *
 * @returns its id
 * @throws InvalidInputError, also where there is no such pool or queue
 */
export async function registerRunner(ctx: Context, { runner }: { runner: RunnerArgs }): Promise<string> {
  const deploymentIds = runner.deploymentIds ?? [];
  const wrong = [runner.id, ...deploymentIds].find((id) => !isId(id));
  if (wrong !== undefined) throw InvalidInputError.at(["runner"], `${JSON.stringify(wrong)} is no UUID`);
  const source: ClaimSource =
    runner.workPool == null
      ? { kind: "served", deploymentIds }
      : await findQueues(ctx.db, runner.workPool, runner.workQueues ?? []);
  if (!(await isStillThere(ctx, runner, source))) await begin(ctx, runner, source);
  await markPolled(ctx, source);
  return runner.id;
}

const workerOf = (source: ClaimSource) =>
  source.kind === "pool"
    ? { poolId: source.poolId, queueIds: source.queueIds, deploymentIds: [] }
    : { poolId: null, queueIds: [], deploymentIds: source.deploymentIds };

async function isStillThere(ctx: Context, runner: RunnerArgs, source: ClaimSource): Promise<boolean> {
  const { poolId, queueIds, deploymentIds } = workerOf(source);
  const found = await ctx.db.query(sql`
    UPDATE runner SET heartbeat_at = now()
    WHERE id = ${runner.id}::uuid AND deployment_ids = ${[...deploymentIds]}::uuid[]
      AND work_pool_id IS NOT DISTINCT FROM ${poolId}::uuid AND work_queue_ids = ${[...queueIds]}::uuid[]
      AND heartbeat_at > now() - ${onlineSeconds} * interval '1 second'
    RETURNING id`);
  return found.length > 0;
}

async function begin(ctx: Context, runner: RunnerArgs, source: ClaimSource): Promise<void> {
  const worker = workerOf(source);
  const { events, resumed } = await ctx.db.transaction(async (tx) => {
    const deploymentIds = await lockDeployments(tx, worker.deploymentIds);
    await tx.query(sql`
      INSERT INTO runner (id, name, deployment_ids, work_pool_id, work_queue_ids, "limit")
      VALUES (${runner.id}::uuid, ${runner.name.replaceAll("\0", "").slice(0, 255)}, ${[...worker.deploymentIds]}::uuid[],
        ${worker.poolId}::uuid, ${[...worker.queueIds]}::uuid[], ${runner.limit ?? null})
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, deployment_ids = excluded.deployment_ids,
        work_pool_id = excluded.work_pool_id, work_queue_ids = excluded.work_queue_ids,
        "limit" = excluded."limit", heartbeat_at = now()`);
    const changes: NewEvent[] = [];
    for (const id of deploymentIds) changes.push(...(await resumeTriggers(tx, ctx, id)).events);
    const schedules = await resumeSchedules(tx, deploymentIds);
    if (changes.length > 0) tx.last(appendVersions(changes));
    return { events: changes, resumed: schedules };
  });
  if (resumed) ctx.bus.notify("schedules");
  if (events.length > 0) ctx.bus.notify("events");
}
