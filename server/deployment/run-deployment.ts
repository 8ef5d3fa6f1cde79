import sql from "sql-template-tag";
import { InvalidInputError, NotFoundError } from "../../core/error.ts";
import type { NewEvent } from "../../core/event/new-event.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { runIssues } from "../flow-run/begin-flow-run.ts";
import {
  type Creator,
  createFlowRun,
  insertFlowRun,
  type NewFlowRun,
  type OnParentFinal,
} from "../flow-run/create-flow-run.ts";
import { type ExecutionRef, findCurrent } from "../flow-run/execution.ts";
import { runAsCreator } from "../flow-run/run.ts";
import { checkIdempotencyKey } from "../run-input/idempotency-key.ts";
import { type DeploymentRow, findDeployment } from "./find-deployment.ts";
import { runParameters } from "./run-parameters.ts";
import { workOf } from "./run-work.ts";

export interface RunDeploymentArgs {
  /** An id, or `<flow>/<deployment>`. */
  deployment: string;
  /** Laid over the deployment's own. */
  parameters?: unknown;
  name?: string | null | undefined;
  tags?: readonly string[] | null | undefined;
  scheduledTime?: Date | null | undefined;
  idempotencyKey?: string | null | undefined;
  /** An object, laid over the deployment's; only where workers run it. */
  jobVariables?: unknown;
  /** The name of another queue of the deployment's pool. */
  workQueue?: string | null | undefined;
  /** The execution whose child the run is. */
  parent?: ExecutionRef | null | undefined;
  /** What becomes of the run when that one's ends; where it is left out, it is cancelled where that one is. */
  onParentFinal?: OnParentFinal | null | undefined;
}

/** Who else than a person or a run's code starts a run: an automation. */
export interface StartedBy {
  creator: Creator;
  /** The automations that led to the run, first to last. */
  chain: readonly string[];
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
  const { deployment, run } = await prepare(ctx.db, ctx, args, null);
  if (typeof run === "string") return run;
  const created = await createFlowRun(ctx, run).catch((error: unknown) => {
    throw isForeignKeyViolation(error) ? new NotFoundError("deployment", args.deployment) : error;
  });
  return created ? run.id : findOther(ctx.db, deployment, args);
}

/**
 * Schedules a run of a deployment in the caller's transaction; see `insertFlowRun` for what that holds up, and for what the
 * caller does with the event. An earlier run under the idempotency key is answered without an event.
 *
 * @throws NotFoundError
 * @throws InvalidInputError where the parameters do not satisfy the deployment's schema
 * @throws StaleExecutionError of the parent
 */
export async function scheduleRun(
  tx: Executor,
  ctx: Context,
  args: RunDeploymentArgs,
  by: StartedBy,
): Promise<{ id: string; event: NewEvent | null }> {
  const { deployment, run } = await prepare(tx, ctx, args, by);
  if (typeof run === "string") return { id: run, event: null };
  const event = await insertFlowRun(tx, ctx, run);
  return { id: event === null ? await findOther(tx, deployment, args) : run.id, event };
}

/** The run that is to be made, or the id of the one that was made before. */
async function prepare(
  db: Executor,
  ctx: Context,
  args: RunDeploymentArgs,
  by: StartedBy | null,
): Promise<{ deployment: DeploymentRow; run: NewFlowRun | string }> {
  const deployment = await findDeployment(db, args.deployment);
  if (deployment === null) throw new NotFoundError("deployment", args.deployment);
  checkIdempotencyKey(args.idempotencyKey);
  const earlier = await findEarlier(db, deployment, args.idempotencyKey ?? null);
  if (earlier !== null) return { deployment, run: earlier };
  const parent = args.parent ? await findCurrent(db, args.parent) : null;
  const issues = runIssues(ctx, [], args);
  if (issues.length > 0) throw new InvalidInputError(issues);
  // What an automation gives has been rendered: it is data.
  const { jobVariables, workQueue } = args;
  const work = await workOf(db, ctx, deployment, { jobVariables, workQueue, isData: by !== null });
  const given = by === null ? { over: [args.parameters], data: null } : { over: [], data: args.parameters };
  const itself = { resource: `prefect.deployment.${deployment.id}`, name: deployment.name };
  const run: NewFlowRun = {
    id: ctx.newId(),
    flow: { id: deployment.flowId, name: deployment.flowName },
    deployment: { id: deployment.id, name: deployment.name, tags: deployment.tags },
    name: args.name ?? null,
    parameters: await runParameters(db, ctx, deployment, given.over, given.data),
    tags: [...new Set([...deployment.tags, ...(args.tags ?? [])])].sort(),
    state: "SCHEDULED",
    scheduledFor: args.scheduledTime ?? null,
    parentId: parent?.id ?? null,
    onParentFinal: parent === null ? null : args.onParentFinal,
    subflow: false,
    idempotencyKey: args.idempotencyKey ?? null,
    creator: by?.creator ?? (parent === null ? itself : runAsCreator(parent)),
    chain: by?.chain ?? parent?.chain ?? [],
    ...work,
  };
  return { deployment, run };
}

/** The deployment was deleted while its run was being made. */
function isForeignKeyViolation(error: unknown): boolean {
  return (
    error instanceof Error && "constraint" in error && error.constraint === "flow_run_deployment_id_fkey"
  );
}

/** The run that another call with this key made at the same time. */
async function findOther(db: Executor, deployment: DeploymentRow, args: RunDeploymentArgs): Promise<string> {
  const other = await findEarlier(db, deployment, args.idempotencyKey ?? null);
  if (other === null) throw new Error(`the run of ${deployment.fullName} was neither made nor found`);
  return other;
}

async function findEarlier(
  db: Executor,
  deployment: DeploymentRow,
  key: string | null,
): Promise<string | null> {
  if (key === null) return null;
  const [run] = await db.query<{ id: string }>(sql`
    SELECT id FROM flow_run WHERE deployment_id = ${deployment.id}::uuid AND idempotency_key = ${key}`);
  return run?.id ?? null;
}
