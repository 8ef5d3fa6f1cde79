import sql from "sql-template-tag";
import { InvalidInputError } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";

export interface RunnerArgs {
  id: string;
  name: string;
  deploymentIds: readonly string[];
  limit?: number | null | undefined;
}

/**
 * Makes a runner known, and is its sign of life every 30 s.
 *
 * @returns its id
 * @throws InvalidInputError
 */
export async function registerRunner(ctx: Context, { runner }: { runner: RunnerArgs }): Promise<string> {
  const wrong = [runner.id, ...runner.deploymentIds].find((id) => !isId(id));
  if (wrong !== undefined) throw InvalidInputError.at(["runner"], `${JSON.stringify(wrong)} is no UUID`);
  await ctx.db.query(sql`
    INSERT INTO runner (id, name, deployment_ids, "limit")
    VALUES (${runner.id}::uuid, ${runner.name.replaceAll("\0", "").slice(0, 255)}, ${[...runner.deploymentIds]}::uuid[], ${runner.limit ?? null})
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, deployment_ids = excluded.deployment_ids, "limit" = excluded."limit",
      heartbeat_at = now()`);
  await markPolled(ctx, runner.deploymentIds);
  return runner.id;
}

/** Deployments are ready while a runner asks for their runs. */
export async function markPolled(ctx: Context, deploymentIds: readonly string[]): Promise<void> {
  await ctx.db.query(sql`UPDATE deployment SET polled_at = now() WHERE id = ANY(${[...deploymentIds]}::uuid[])
    AND (polled_at IS NULL OR polled_at < now() - interval '10 seconds')`);
}
