import sql from "sql-template-tag";
import type { Context } from "../../server/context.ts";
import { registerDeployment } from "../../server/deployment/register-deployment.ts";
import type { FlowRun } from "../../server/generated/prisma/client.ts";
import { makeScheduledRuns } from "../../server/schedule/make-runs.ts";

/** A deployment with these schedules, registered (again). */
export function registerScheduled(
  ctx: Context,
  name: string,
  schedules?: object[],
  rest: Partial<Parameters<typeof registerDeployment>[1]["deployment"]> = {},
) {
  return registerDeployment(ctx, { deployment: { flowName: "scheduled", name, schedules, ...rest } });
}

/** Makes all runs that are due to be made; what cannot be made fails the test. */
export async function makeRuns(ctx: Context): Promise<number | undefined> {
  return makeScheduledRuns(ctx, (what, cause) => {
    throw new Error(`${what}: ${String(cause)}`);
  })();
}

/** The runs that schedules have made of a deployment, by their times. */
export function madeRuns(ctx: Context, deploymentId: string): Promise<FlowRun[]> {
  return ctx.prisma.flowRun.findMany({
    where: { deploymentId, autoScheduled: true },
    orderBy: [{ expectedStart: "asc" }, { id: "asc" }],
  });
}

export function schedulesOf(ctx: Context, deploymentId: string) {
  return ctx.prisma.schedule.findMany({
    where: { deploymentId, deletedAt: null },
    orderBy: [{ place: "asc" }, { id: "asc" }],
  });
}

/** Has the runs of a deployment be so many seconds later than they are: negative ones have been due. */
export async function shiftRuns(ctx: Context, deploymentId: string, seconds: number): Promise<void> {
  await ctx.db.query(sql`
    UPDATE flow_run SET scheduled_for = scheduled_for + ${seconds} * interval '1 second'
    WHERE deployment_id = ${deploymentId}::uuid AND state_type = 'SCHEDULED'`);
}
