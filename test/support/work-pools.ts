import { randomUUID } from "node:crypto";
import { v7 } from "uuid";
import type { Context } from "../../server/context.ts";
import type { DeploymentWithTriggers } from "../../server/deployment/check-registration.ts";
import { registerDeployment } from "../../server/deployment/register-deployment.ts";
import type { Execution } from "../../server/flow-run/start-execution.ts";
import { claimFlowRuns } from "../../server/runner/claim-flow-runs.ts";
import { registerRunner } from "../../server/runner/register-runner.ts";
import { createWorkPool, type NewPool } from "../../server/work-pool/create-work-pool.ts";
import { createWorkQueue, type NewQueue } from "../../server/work-pool/create-work-queue.ts";

/** A pool of a name of its own. */
export async function pool(
  ctx: Context,
  more: Partial<NewPool> = {},
): Promise<{ id: string; name: string; queueId: string }> {
  const name = more.name ?? `pool-${randomUUID()}`;
  const id = await createWorkPool(ctx, { pool: { ...more, name } });
  const queue = await ctx.prisma.workQueue.findFirstOrThrow({ where: { workPoolId: id } });
  return { id, name, queueId: queue.id };
}

export const queue = (ctx: Context, workPool: string, name: string, more: Partial<NewQueue> = {}) =>
  createWorkQueue(ctx, { queue: { workPool, name, ...more } });

/** A deployment of a flow of its own in a pool. */
export async function inPool(
  ctx: Context,
  workPool: string,
  more: Partial<DeploymentWithTriggers> = {},
): Promise<string> {
  const deployment = { flowName: `flow ${randomUUID()}`, name: "main", workPool, ...more };
  return (await registerDeployment(ctx, { deployment })).id;
}

/** A worker of the pool that takes runs of these queues, or of all. */
export async function worker(
  ctx: Context,
  workPool: string,
  workQueues: string[] = [],
): Promise<{
  id: string;
  claim(limit?: number): Promise<string[]>;
  executions(limit: number): Promise<Execution[]>;
}> {
  const id = v7();
  await registerRunner(ctx, { runner: { id, name: "a worker", workPool, workQueues } });
  const executions = (limit: number) => claimFlowRuns(ctx, { runnerId: id, limit });
  return {
    id,
    executions,
    claim: async (limit = 10) => (await executions(limit)).map(({ flowRunId }) => flowRunId),
  };
}
