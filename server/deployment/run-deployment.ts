import sql from "sql-template-tag";
import { InvalidInputError, NotFoundError } from "../../core/error.ts";
import type { Json } from "../../core/json.ts";
import type { Context } from "../context.ts";
import { runIssues } from "../flow-run/begin-flow-run.ts";
import { createFlowRun } from "../flow-run/create-flow-run.ts";
import { type ExecutionRef, requireCurrentExecution } from "../flow-run/execution.ts";
import { checks } from "../json-schema/checks.ts";
import { checkIdempotencyKey } from "../run-input/idempotency-key.ts";
import { type DeploymentRow, findDeployment } from "./find-deployment.ts";

export interface RunDeploymentArgs {
  /** An id, or `<flow>/<deployment>`. */
  deployment: string;
  /** Laid over the deployment's own. */
  parameters?: unknown;
  name?: string | null | undefined;
  tags?: readonly string[] | null | undefined;
  scheduledTime?: Date | null | undefined;
  idempotencyKey?: string | null | undefined;
  /** The execution whose child the run is. */
  parent?: ExecutionRef | null | undefined;
}

/**
 * Schedules a run of a deployment, now or later.
 *
 * @returns the id of the run, or of the one that was made before under the idempotency key
 * @throws NotFoundError
 * @throws InvalidInputError where the parameters do not satisfy the deployment's schema; no run was made
 * @throws StaleExecutionError of the parent
 */
export async function runDeployment(ctx: Context, args: RunDeploymentArgs): Promise<string> {
  const deployment = await findDeployment(ctx.db, args.deployment);
  if (deployment === null) throw new NotFoundError("deployment", args.deployment);
  checkIdempotencyKey(args.idempotencyKey);
  const earlier = await findEarlier(ctx, deployment, args.idempotencyKey ?? null);
  if (earlier !== null) return earlier;
  const createdBy = args.parent
    ? await requireCurrentExecution(ctx, args.parent)
    : `prefect.deployment.${deployment.id}`;
  const issues = runIssues(ctx, [], args);
  if (issues.length > 0) throw new InvalidInputError(issues);
  const parameters = checkParameters(deployment, args.parameters);
  const id = ctx.newId();
  const created = await createFlowRun(ctx, {
    id,
    flowId: deployment.flowId,
    deploymentId: deployment.id,
    name: args.name ?? null,
    parameters,
    tags: [...new Set([...deployment.tags, ...(args.tags ?? [])])].sort(),
    state: "SCHEDULED",
    scheduledFor: args.scheduledTime ?? null,
    parentId: args.parent?.flowRunId ?? null,
    subflow: false,
    idempotencyKey: args.idempotencyKey ?? null,
    createdBy,
  });
  if (created) return id;
  // Two calls with one key at once: the other one made it.
  const other = await findEarlier(ctx, deployment, args.idempotencyKey ?? null);
  if (other === null) throw new Error(`the run of ${deployment.fullName} was neither made nor found`);
  return other;
}

async function findEarlier(
  ctx: Context,
  deployment: DeploymentRow,
  key: string | null,
): Promise<string | null> {
  if (key === null) return null;
  const [run] = await ctx.db.query<{ id: string }>(sql`
    SELECT id FROM flow_run WHERE deployment_id = ${deployment.id}::uuid AND idempotency_key = ${key}`);
  return run?.id ?? null;
}

function checkParameters(deployment: DeploymentRow, given: unknown): Json {
  // GraphQL's JSON is JSON, and what is no object was refused before.
  const merged = { ...deployment.parameters, ...(given as object | null | undefined) } as Json;
  if (deployment.parameterSchema === null) return merged;
  const checked = checks.get(deployment.parameterSchema)(merged);
  if (checked.ok) return checked.value;
  throw new InvalidInputError(
    checked.issues.map(({ path, message }) => ({ path: ["parameters", ...path], message })),
  );
}
