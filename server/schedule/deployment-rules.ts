import sql from "sql-template-tag";
import type { Context } from "../context.ts";
import type { ParameterRules } from "../deployment/run-parameters.ts";

/** What a deployment says of its runs' parameters; null where it is gone. */
export async function rulesOf(ctx: Context, deploymentId: string): Promise<ParameterRules | null> {
  const [rules] = await ctx.db.query<ParameterRules>(sql`
    SELECT parameters, parameter_schema, enforce_schema FROM deployment WHERE id = ${deploymentId}::uuid`);
  return rules ?? null;
}
