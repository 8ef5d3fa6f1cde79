import sql from "sql-template-tag";
import { InvalidInputError } from "../../core/error.ts";
import type { NewEvent } from "../../core/event/new-event.ts";
import { isId } from "../../core/id.ts";
import { appendVersions } from "../automation/append-versions.ts";
import type { Context } from "../context.ts";
import { resumeTriggers } from "../deployment/stopped-triggers.ts";
import { onlineSeconds } from "./online.ts";
import { lockDeployments } from "./served-deployments.ts";

export interface RunnerArgs {
  id: string;
  name: string;
  deploymentIds: readonly string[];
  limit?: number | null | undefined;
}

/**
 * Makes a runner known, and is its sign of life every 30 s. Where it is new, or was thought to be gone, what was paused because
 * nobody served its deployments watches again.
 *
 * @returns its id
 * @throws InvalidInputError
 */
export async function registerRunner(ctx: Context, { runner }: { runner: RunnerArgs }): Promise<string> {
  const wrong = [runner.id, ...runner.deploymentIds].find((id) => !isId(id));
  if (wrong !== undefined) throw InvalidInputError.at(["runner"], `${JSON.stringify(wrong)} is no UUID`);
  if (!(await isStillThere(ctx, runner))) await begin(ctx, runner);
  await markPolled(ctx, runner.deploymentIds);
  return runner.id;
}

async function isStillThere(ctx: Context, runner: RunnerArgs): Promise<boolean> {
  const found = await ctx.db.query(sql`
    UPDATE runner SET heartbeat_at = now()
    WHERE id = ${runner.id}::uuid AND deployment_ids = ${[...runner.deploymentIds]}::uuid[]
      AND heartbeat_at > now() - ${onlineSeconds} * interval '1 second'
    RETURNING id`);
  return found.length > 0;
}

async function begin(ctx: Context, runner: RunnerArgs): Promise<void> {
  const events = await ctx.db.transaction(async (tx) => {
    const deploymentIds = await lockDeployments(tx, runner.deploymentIds);
    await tx.query(sql`
      INSERT INTO runner (id, name, deployment_ids, "limit")
      VALUES (${runner.id}::uuid, ${runner.name.replaceAll("\0", "").slice(0, 255)}, ${[...runner.deploymentIds]}::uuid[],
        ${runner.limit ?? null})
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, deployment_ids = excluded.deployment_ids,
        "limit" = excluded."limit", heartbeat_at = now()`);
    const changes: NewEvent[] = [];
    for (const id of deploymentIds) changes.push(...(await resumeTriggers(tx, ctx, id)).events);
    if (changes.length > 0) tx.last(appendVersions(changes));
    return changes;
  });
  if (events.length > 0) ctx.bus.notify("events");
}

/** Deployments are ready while a runner asks for their runs. */
export async function markPolled(ctx: Context, deploymentIds: readonly string[]): Promise<void> {
  await ctx.db.query(sql`UPDATE deployment SET polled_at = now() WHERE id = ANY(${[...deploymentIds]}::uuid[])
    AND (polled_at IS NULL OR polled_at < now() - interval '10 seconds')`);
}
