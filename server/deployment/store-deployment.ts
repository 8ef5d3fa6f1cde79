import sql from "sql-template-tag";
import type { DeploymentChange } from "../../core/deployment/deployment-event.ts";
import type { NewEvent } from "../../core/event/new-event.ts";
import type { Named } from "../../core/flow-run/told-run.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { moveWaitingRuns } from "../work-pool/move-waiting-runs.ts";
import { changedFields, type DeploymentArgs, type DeploymentFields, fieldsOf } from "./deployment-fields.ts";
import { readTold, toldDeployment } from "./told-deployment.ts";

/** A deployment that was stored in the caller's transaction. */
export interface Stored {
  id: string;
  /** Whether it was there and is another now. */
  changed: boolean;
  /** The event of it, for the transaction's end; `also` names what else of it changed. Null where all is as it was. */
  event(also: readonly string[]): Promise<NewEvent | null>;
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
  let fields = fieldsOf(given, workQueueId);
  const { name } = given;
  const json = {
    parameters: JSON.stringify(fields.parameters),
    parameterSchema: textOf(fields.parameterSchema),
    jobVariables: textOf(fields.jobVariables),
  };
  const [created] = await tx.query<{ id: string }>(sql`
    INSERT INTO deployment (id, flow_id, name, description, version, tags, parameters, parameter_schema, enforce_schema, paused,
      concurrency_limit, collision_strategy, entrypoint, path, work_queue_id, job_variables)
    VALUES (${ctx.newId()}::uuid, ${flow.id}::uuid, ${name}, ${fields.description}, ${fields.version}, ${fields.tags}::text[],
      ${json.parameters}::json, ${json.parameterSchema}::json, ${fields.enforceParameterSchema}, ${fields.paused},
      ${fields.concurrencyLimit}, ${fields.collisionStrategy}, ${fields.entrypoint}, ${fields.path}, ${workQueueId}::uuid,
      ${json.jobVariables}::json)
    ON CONFLICT (flow_id, name) DO NOTHING
    RETURNING id`);
  const event = async (id: string, change: DeploymentChange): Promise<NewEvent | null> => {
    const [now] = await readTold(tx, sql`d.id = ${id}::uuid`);
    return now === undefined ? null : toldDeployment(ctx, now, change);
  };
  if (created !== undefined)
    return { id: created.id, changed: false, event: () => event(created.id, { verb: "created" }) };
  // Not FOR UPDATE: who makes a run of it holds the log when its reference to the deployment is checked.
  const [before] = await tx.query<DeploymentFields & { id: string }>(sql`
    SELECT id, description, version, tags, parameters, parameter_schema, enforce_schema AS enforce_parameter_schema, paused,
      concurrency_limit, collision_strategy, entrypoint, path, work_queue_id, job_variables
    FROM deployment WHERE flow_id = ${flow.id}::uuid AND name = ${name} FOR NO KEY UPDATE`);
  if (before === undefined) throw new Error(`deployment ${flow.name}/${name} was neither stored nor found`);
  // Where nothing is said, what an operator has paused stays so.
  fields = { ...fields, paused: given.paused ?? before.paused };
  const changed = changedFields(before, fields);
  if (changed.length > 0) {
    await tx.query(sql`
      UPDATE deployment SET description = ${fields.description}, version = ${fields.version}, tags = ${fields.tags}::text[],
        parameters = ${json.parameters}::json, parameter_schema = ${json.parameterSchema}::json,
        enforce_schema = ${fields.enforceParameterSchema}, paused = ${fields.paused},
        concurrency_limit = ${fields.concurrencyLimit}, collision_strategy = ${fields.collisionStrategy},
        entrypoint = ${fields.entrypoint}, path = ${fields.path}, work_queue_id = ${workQueueId}::uuid,
        job_variables = ${json.jobVariables}::json, updated_at = now()
      WHERE id = ${before.id}::uuid`);
    if (before.workQueueId !== workQueueId) await moveWaitingRuns(tx, before.id, workQueueId);
  }
  return {
    id: before.id,
    changed: changed.length > 0,
    async event(also) {
      const all = [...changed, ...also];
      return all.length === 0 ? null : event(before.id, { verb: "updated", changed: all });
    },
  };
}

function textOf(json: unknown): string | null {
  return json === null ? null : JSON.stringify(json);
}
