import sql from "sql-template-tag";
import { type DeploymentChange, deploymentEvent } from "../../core/deployment/deployment-event.ts";
import { InvalidInputError, type Issue } from "../../core/error.ts";
import type { NewEvent } from "../../core/event/new-event.ts";
import type { Named } from "../../core/flow-run/told-run.ts";
import { jsonEquals, jsonProblem } from "../../core/json.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { runIssues } from "../flow-run/begin-flow-run.ts";
import { checkName } from "../flow-run/find-flow.ts";
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

/** @throws InvalidInputError where no such deployment can be */
export function checkDeployment(ctx: Context, deployment: DeploymentArgs): void {
  checkName(deployment.name, ["deployment", "name"]);
  const issues = [
    ...runIssues(ctx, ["deployment"], { ...deployment, name: null }),
    ...textIssues(ctx, deployment),
  ];
  if (issues.length > 0) throw new InvalidInputError(issues);
}

/**
 * Stores a checked deployment in the caller's transaction, which holds it from then on.
 *
 * @returns its id, and the events that the caller appends at the end; none where it is as it was
 */
export async function storeDeployment(
  tx: Executor,
  ctx: Context,
  flow: Named,
  given: DeploymentArgs,
): Promise<{ id: string; events: NewEvent[] }> {
  const fields = fieldsOf(given);
  const { name } = given;
  const json = {
    parameters: JSON.stringify(fields.parameters),
    parameterSchema: fields.parameterSchema === null ? null : JSON.stringify(fields.parameterSchema),
  };
  const [created] = await tx.query<{ id: string; at: Date }>(sql`
    INSERT INTO deployment (id, flow_id, name, description, version, tags, parameters, parameter_schema, paused)
    VALUES (${ctx.newId()}::uuid, ${flow.id}::uuid, ${name}, ${fields.description}, ${fields.version}, ${fields.tags}::text[],
      ${json.parameters}::json, ${json.parameterSchema}::json, ${fields.paused})
    ON CONFLICT (flow_id, name) DO NOTHING
    RETURNING id, clock_timestamp() AS at`);
  const told = (id: string) => ({ id, name, flow, ...fields });
  const event = (id: string, at: Date, change: DeploymentChange): NewEvent => ({
    ...deploymentEvent(ctx.newId(), told(id), change),
    occurred: at,
    follows: null,
  });
  if (created !== undefined)
    return { id: created.id, events: [event(created.id, created.at, { verb: "created" })] };
  // Not FOR UPDATE: who makes a run of it holds the log when its reference to the deployment is checked.
  const [before] = await tx.query<DeploymentFields & { id: string; at: Date }>(sql`
    SELECT id, description, version, tags, parameters, parameter_schema, paused, clock_timestamp() AS at FROM deployment
    WHERE flow_id = ${flow.id}::uuid AND name = ${name} FOR NO KEY UPDATE`);
  if (before === undefined) throw new Error(`deployment ${flow.name}/${name} was neither stored nor found`);
  const changed = Object.keys(fields).filter((field) => !isSame(field, before, fields));
  if (changed.length === 0) return { id: before.id, events: [] };
  await tx.query(sql`
    UPDATE deployment SET description = ${fields.description}, version = ${fields.version}, tags = ${fields.tags}::text[],
      parameters = ${json.parameters}::json, parameter_schema = ${json.parameterSchema}::json, paused = ${fields.paused},
      updated_at = now()
    WHERE id = ${before.id}::uuid`);
  return { id: before.id, events: [event(before.id, before.at, { verb: "updated", changed })] };
}

/** What of a registration is stored beside its names. */
interface DeploymentFields {
  description: string | null;
  version: string | null;
  tags: string[];
  parameters: unknown;
  parameterSchema: unknown;
  paused: boolean;
}

function fieldsOf(given: DeploymentArgs): DeploymentFields {
  return {
    description: given.description ?? null,
    version: given.version ?? null,
    tags: [...new Set(given.tags ?? [])],
    parameters: given.parameters ?? {},
    parameterSchema: given.parameterSchema ?? null,
    paused: given.paused ?? false,
  };
}

/** Values are compared as JSON, tags and the order of a schema's properties, which forms show, as they were given. */
function isSame(field: string, before: DeploymentFields, after: DeploymentFields): boolean {
  const name = field as keyof DeploymentFields; // a key of `fieldsOf`
  if (name === "parameterSchema") return JSON.stringify(before[name]) === JSON.stringify(after[name]);
  return jsonEquals(before[name], after[name]);
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
