import sql from "sql-template-tag";
import type { DeploymentChange } from "../../core/deployment/deployment-event.ts";
import type { NewEvent } from "../../core/event/new-event.ts";
import type { Named } from "../../core/flow-run/told-run.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { moveWaitingRuns } from "../work-pool/move-waiting-runs.ts";
import { changedFields, type DeploymentArgs, type DeploymentFields, fieldsOf } from "./deployment-fields.ts";
import { takeBackRuns } from "./take-back-runs.ts";
import { readTold, statusOf, toldDeployment } from "./told-deployment.ts";

/** A deployment that was stored in the caller's transaction. */
export interface Stored {
  id: string;
  /** Whether it was there and is another now. */
  changed: boolean;
  /** What tells of it, for the transaction's end; `also` names what else of it changed. Nothing where all is as it was. */
  events(also: readonly string[]): Promise<NewEvent[]>;
}

/**
 * Stores a checked deployment in the caller's transaction, which holds it from then on.
 *
 * @param workQueueId the queue in which its runs wait for workers
 */
export async function storeDeployment(
  tx: Executor,
  ctx: Context,
  flow: Named,
  given: DeploymentArgs,
  workQueueId: string | null,
): Promise<Stored> {
  const fields = fieldsOf(given, workQueueId);
  const told = async (id: string, change: DeploymentChange, isPausedAnew: boolean): Promise<NewEvent[]> => {
    const [now] = await readTold(tx, sql`d.id = ${id}::uuid`);
    if (now === undefined) return [];
    const event = toldDeployment(ctx, now, change);
    return isPausedAnew ? [event, toldDeployment(ctx, now, { verb: statusOf(now) })] : [event];
  };
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const created = await insert(tx, { id: ctx.newId(), flow, name: given.name }, fields);
    if (created) {
      await takeBackRuns(tx, { id: created, flow, name: given.name, workQueueId });
      const events = () => told(created, { verb: "created" }, fields.paused);
      return { id: created, changed: false, events };
    }
    const before = await lock(tx, flow, given.name);
    // It was there, and has been deleted meanwhile.
    if (before === null) continue;
    // Where nothing is said, what an operator has paused stays so.
    const after = { ...fields, paused: given.paused ?? before.paused };
    const changed = changedFields(before, after);
    if (changed.length > 0) await update(tx, before.id, after);
    if (before.workQueueId !== workQueueId) await moveWaitingRuns(tx, before.id, workQueueId);
    return {
      id: before.id,
      changed: changed.length > 0,
      async events(also) {
        const all = [...changed, ...also];
        if (all.length === 0) return [];
        return told(before.id, { verb: "updated", changed: all }, changed.includes("paused"));
      },
    };
  }
  throw new Error(`deployment ${flow.name}/${given.name} was made and deleted all the time`);
}

const mostTries = 10;

/** @returns its id; null where there is one of this name */
async function insert(
  tx: Executor,
  { id, flow, name }: { id: string; flow: Named; name: string },
  fields: DeploymentFields,
): Promise<string | null> {
  const json = jsonOf(fields);
  const [created] = await tx.query<{ id: string }>(sql`
    INSERT INTO deployment (id, flow_id, name, description, version, tags, parameters, parameter_schema, enforce_schema, paused,
      concurrency_limit, collision_strategy, entrypoint, path, work_queue_id, job_variables)
    VALUES (${id}::uuid, ${flow.id}::uuid, ${name}, ${fields.description}, ${fields.version}, ${fields.tags}::text[],
      ${json.parameters}::json, ${json.parameterSchema}::json, ${fields.enforceParameterSchema}, ${fields.paused},
      ${fields.concurrencyLimit}, ${fields.collisionStrategy}, ${fields.entrypoint}, ${fields.path}, ${fields.workQueueId}::uuid,
      ${json.jobVariables}::json)
    ON CONFLICT (flow_id, name) DO NOTHING
    RETURNING id`);
  return created?.id ?? null;
}

async function lock(
  tx: Executor,
  flow: Named,
  name: string,
): Promise<(DeploymentFields & { id: string }) | null> {
  // Not FOR UPDATE: who makes a run of it holds the log when its reference to the deployment is checked.
  const [found] = await tx.query<DeploymentFields & { id: string }>(sql`
    SELECT id, description, version, tags, parameters, parameter_schema, enforce_schema AS enforce_parameter_schema, paused,
      concurrency_limit, collision_strategy, entrypoint, path, work_queue_id, job_variables
    FROM deployment WHERE flow_id = ${flow.id}::uuid AND name = ${name} FOR NO KEY UPDATE`);
  return found ?? null;
}

async function update(tx: Executor, id: string, fields: DeploymentFields): Promise<void> {
  const json = jsonOf(fields);
  await tx.query(sql`
    UPDATE deployment SET description = ${fields.description}, version = ${fields.version}, tags = ${fields.tags}::text[],
      parameters = ${json.parameters}::json, parameter_schema = ${json.parameterSchema}::json,
      enforce_schema = ${fields.enforceParameterSchema}, paused = ${fields.paused},
      concurrency_limit = ${fields.concurrencyLimit}, collision_strategy = ${fields.collisionStrategy},
      entrypoint = ${fields.entrypoint}, path = ${fields.path}, work_queue_id = ${fields.workQueueId}::uuid,
      job_variables = ${json.jobVariables}::json, updated_at = now()
    WHERE id = ${id}::uuid`);
}

function jsonOf({ parameters, parameterSchema, jobVariables }: DeploymentFields) {
  return {
    parameters: textOf(parameters),
    parameterSchema: textOf(parameterSchema),
    jobVariables: textOf(jobVariables),
  };
}

function textOf(json: unknown): string | null {
  return json === null ? null : JSON.stringify(json);
}
