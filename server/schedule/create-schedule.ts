import sql from "sql-template-tag";
import { NotFoundError } from "../../core/error.ts";
import type { Context } from "../context.ts";
import { findDeployment } from "../deployment/find-deployment.ts";
import { changeSchedules } from "./change-schedule.ts";
import { checkSchedule } from "./check-schedules.ts";
import { rulesOf } from "./deployment-rules.ts";
import { storedAs } from "./row.ts";
import { insertSchedule } from "./write-schedule.ts";

/**
 * Gives a deployment one more schedule, beside those of its definition: registering it again leaves this one alone.
 *
 * @param deployment an id, or `<flow>/<deployment>`
 * @returns the schedule's id
 * @throws NotFoundError
 * @throws InvalidInputError
 */
export async function createSchedule(
  ctx: Context,
  { deployment, schedule }: { deployment: string; schedule: unknown },
): Promise<string> {
  const found = await findDeployment(ctx.db, deployment);
  if (found === null) throw new NotFoundError("deployment", deployment);
  const rules = await rulesOf(ctx, found.id);
  const definition = await checkSchedule(ctx, schedule, { path: ["schedule"], deployment: rules });
  const id = ctx.newId();
  await changeSchedules(ctx, found.id, async (tx, { at }) => {
    const [last] = await tx.query<{ place: number | null }>(sql`
      SELECT max(place) AS place FROM schedule WHERE deployment_id = ${found.id}::uuid AND deleted_at IS NULL`);
    const place = (last?.place ?? -1) + 1;
    await insertSchedule(
      tx,
      { id, deploymentId: found.id, place, byHand: true },
      storedAs(definition, null, at),
    );
    return [];
  });
  return id;
}
