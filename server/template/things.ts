import sql from "sql-template-tag";
import type { Json } from "../../core/json.ts";
import { type TemplateValue, Thing } from "../../core/template/value.ts";
import type { Executor } from "../db.ts";

export type TemplateFields = { readonly [name: string]: TemplateValue };

/** A run as it is stored, as far as templates see it. */
export interface InvolvedRun {
  id: string;
  flowId: string;
  deploymentId: string | null;
  name: string;
  parameters: Json;
  tags: string[] | null;
  stateType: string;
  stateName: string;
  stateMessage: string | null;
  stateTimestamp: Date;
  runCount: number;
  createdBy: string | null;
  expectedStart: Date | null;
  startedAt: Date | null;
  endedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export async function loadRun(db: Executor, id: string): Promise<InvolvedRun | null> {
  const [run] = await db.query<InvolvedRun>(sql`
    SELECT id, flow_id, deployment_id, name, parameters, tags, state_type, state_name, state_message, state_timestamp, run_count,
      created_by, expected_start, started_at, ended_at, created_at, updated_at FROM flow_run WHERE id = ${id}::uuid`);
  return run ?? null;
}

/** @param state the one to show, where it is another one than the stored one */
export function runThing(run: InvolvedRun, state: TemplateFields | null): Thing {
  const stored = {
    type: run.stateType,
    name: run.stateName,
    message: run.stateMessage ?? "",
    timestamp: run.stateTimestamp,
  };
  return new Thing("flow-run", {
    id: run.id,
    name: run.name,
    flow_id: run.flowId,
    deployment_id: run.deploymentId,
    parameters: run.parameters,
    tags: run.tags ?? [],
    state: state ?? stored,
    run_count: run.runCount,
    created_by: run.createdBy,
    expected_start_time: run.expectedStart,
    start_time: run.startedAt,
    end_time: run.endedAt,
    created: run.createdAt,
    updated: run.updatedAt,
  });
}

export async function loadFlow(db: Executor, id: string): Promise<TemplateValue> {
  const [flow] = await db.query<{ id: string; name: string; createdAt: Date; updatedAt: Date }>(
    sql`SELECT id, name, created_at, updated_at FROM flow WHERE id = ${id}::uuid`,
  );
  if (flow === undefined) return null;
  return new Thing("flow", {
    id: flow.id,
    name: flow.name,
    created: flow.createdAt,
    updated: flow.updatedAt,
  });
}

interface DeploymentFields {
  id: string;
  name: string;
  flowId: string;
  description: string | null;
  version: string | null;
  tags: string[] | null;
  parameters: Json;
  paused: boolean;
  createdAt: Date;
  updatedAt: Date;
}

export async function loadDeployment(db: Executor, id: string): Promise<TemplateValue> {
  const [found] = await db.query<DeploymentFields>(sql`
    SELECT id, name, flow_id, description, version, tags, parameters, paused, created_at, updated_at
    FROM deployment WHERE id = ${id}::uuid`);
  if (found === undefined) return null;
  const { id: own, name, description, version, parameters, paused } = found;
  return new Thing("deployment", {
    id: own,
    name,
    flow_id: found.flowId,
    description,
    version,
    tags: found.tags ?? [],
    parameters,
    paused,
    created: found.createdAt,
    updated: found.updatedAt,
  });
}

/** When an automation was made and last changed; nothing where it is gone. */
export async function loadAutomationTimes(db: Executor, id: string): Promise<TemplateFields> {
  const [row] = await db.query<{ createdAt: Date; updatedAt: Date }>(
    sql`SELECT created_at, updated_at FROM automation WHERE id = ${id}::uuid`,
  );
  return row === undefined ? {} : { created: row.createdAt, updated: row.updatedAt };
}
