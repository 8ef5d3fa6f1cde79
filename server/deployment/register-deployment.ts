import sql from "sql-template-tag";
import { InvalidInputError, type Issue } from "../../core/error.ts";
import { jsonProblem } from "../../core/json.ts";
import type { Context } from "../context.ts";
import { runIssues } from "../flow-run/begin-flow-run.ts";
import { checkName, findOrCreateFlow } from "../flow-run/find-flow.ts";
import { schemaIssue } from "../json-schema/checks.ts";

export interface DeploymentArgs {
  flowName: string;
  name: string;
  description?: string | null | undefined;
  version?: string | null | undefined;
  tags?: readonly string[] | null | undefined;
  parameters?: unknown;
  parameterSchema?: unknown;
  paused?: boolean | null | undefined;
}

/**
 * Creates the deployment of this flow and name, or brings it up to date; its runs stay.
 *
 * @returns its id
 * @throws InvalidInputError
 */
export async function registerDeployment(
  ctx: Context,
  { deployment }: { deployment: DeploymentArgs },
): Promise<string> {
  checkName(deployment.name, ["deployment", "name"]);
  const issues = [
    ...runIssues(ctx, ["deployment"], { ...deployment, name: null }),
    ...textIssues(ctx, deployment),
  ];
  if (issues.length > 0) throw new InvalidInputError(issues);
  const flowId = await findOrCreateFlow(ctx, deployment.flowName, ["deployment", "flowName"]);
  const schema = deployment.parameterSchema == null ? null : JSON.stringify(deployment.parameterSchema);
  const [stored] = await ctx.db.query<{ id: string }>(sql`
    INSERT INTO deployment (id, flow_id, name, description, version, tags, parameters, parameter_schema, paused)
    VALUES (${ctx.newId()}::uuid, ${flowId}::uuid, ${deployment.name}, ${deployment.description ?? null},
      ${deployment.version ?? null}, ${[...new Set(deployment.tags ?? [])]}::text[],
      ${JSON.stringify(deployment.parameters ?? {})}::json, ${schema}::json, ${deployment.paused ?? false})
    ON CONFLICT (flow_id, name) DO UPDATE SET description = excluded.description, version = excluded.version,
      tags = excluded.tags, parameters = excluded.parameters, parameter_schema = excluded.parameter_schema,
      paused = excluded.paused, updated_at = now()
    RETURNING id`);
  if (stored === undefined)
    throw new Error(`deployment ${deployment.flowName}/${deployment.name} was not stored`);
  return stored.id;
}

function textIssues(ctx: Context, deployment: DeploymentArgs): Issue[] {
  const { maxValueBytes } = ctx.settings;
  const issues: Issue[] = [];
  for (const field of ["description", "version"] as const) {
    const problem = jsonProblem(deployment[field] ?? null, { maxBytes: maxValueBytes });
    if (problem !== null) issues.push({ path: ["deployment", field], message: problem.message });
  }
  const { parameterSchema } = deployment;
  const schema =
    parameterSchema == null
      ? null
      : schemaIssue(parameterSchema, ["deployment", "parameterSchema"], maxValueBytes);
  return schema === null ? issues : [...issues, schema];
}
