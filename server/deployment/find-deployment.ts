import sql from "sql-template-tag";
import type { ToldQueue } from "../../core/flow-run/told-run.ts";
import { isId } from "../../core/id.ts";
import type { JsonObject } from "../../core/json.ts";
import type { JsonSchema } from "../../core/json-schema/schema.ts";
import type { Executor } from "../db.ts";
import { toldQueueSql } from "../work-pool/told-queue.ts";

/** A deployment as a run is made from it. */
export interface DeploymentRow {
  id: string;
  name: string;
  flowId: string;
  flowName: string;
  fullName: string;
  tags: string[];
  parameters: Record<string, unknown>;
  parameterSchema: JsonSchema | null;
  enforceSchema: boolean;
  /** Where its runs wait for workers; null where whoever serves it runs them. */
  queue: ToldQueue | null;
  /** Laid over the defaults of the queue's pool. */
  jobVariables: JsonObject | null;
}

/** The deployment of this id or of this name, `<flow>/<deployment>`; null where there is none. */
export async function findDeployment(db: Executor, idOrName: string): Promise<DeploymentRow | null> {
  // Postgres has no text with NUL: nothing is named so.
  if (idOrName.includes("\0")) return null;
  const columns = sql`d.id, d.name, d.flow_id, f.name AS flow_name, f.name || '/' || d.name AS full_name, d.tags, d.parameters, d.parameter_schema,
    d.enforce_schema, ${toldQueueSql(sql`d.work_queue_id`)} AS queue, d.job_variables`;
  const [flow, name] = splitName(idOrName);
  const [found] = isId(idOrName)
    ? await db.query<DeploymentRow>(sql`
        SELECT ${columns} FROM deployment d JOIN flow f ON f.id = d.flow_id WHERE d.id = ${idOrName}::uuid`)
    : await db.query<DeploymentRow>(sql`
        SELECT ${columns} FROM deployment d JOIN flow f ON f.id = d.flow_id WHERE f.name = ${flow} AND d.name = ${name}`);
  return found ?? null;
}

function splitName(fullName: string): [flow: string, name: string] {
  const slash = fullName.indexOf("/");
  return slash < 0 ? [fullName, ""] : [fullName.slice(0, slash), fullName.slice(slash + 1)];
}
