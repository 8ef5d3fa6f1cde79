import { jsonEquals } from "../../core/json.ts";

/** A deployment as it is registered. */
export interface DeploymentArgs {
  flowName: string;
  name: string;
  description?: string | null | undefined;
  version?: string | null | undefined;
  tags?: readonly string[] | null | undefined;
  parameters?: unknown;
  parameterSchema?: unknown;
  /** True where it is left out. */
  enforceParameterSchema?: boolean | null | undefined;
  /** Where it is left out, a new one is not, and another stays as it is. */
  paused?: boolean | null | undefined;
  concurrencyLimit?: number | null | undefined;
  /** ENQUEUE where it is left out. */
  collisionStrategy?: CollisionStrategy | null | undefined;
  entrypoint?: string | null | undefined;
  path?: string | null | undefined;
  /** The name of a pool; without it nobody but who serves the deployment runs it. */
  workPool?: string | null | undefined;
  /** The name of one of the pool's queues; the pool's default one where it is left out. */
  workQueue?: string | null | undefined;
  jobVariables?: unknown;
}

/** What becomes of a run beyond the limit: it waits for a slot, or is cancelled. */
export const collisionStrategies = ["ENQUEUE", "CANCEL_NEW"] as const;
export type CollisionStrategy = (typeof collisionStrategies)[number];

/** What of a registration is stored beside its names. */
export interface DeploymentFields {
  description: string | null;
  version: string | null;
  tags: string[];
  parameters: unknown;
  parameterSchema: unknown;
  enforceParameterSchema: boolean;
  paused: boolean;
  concurrencyLimit: number | null;
  collisionStrategy: string;
  entrypoint: string | null;
  path: string | null;
  workQueueId: string | null;
  jobVariables: unknown;
}

export function fieldsOf(given: DeploymentArgs, workQueueId: string | null): DeploymentFields {
  return {
    description: given.description ?? null,
    version: given.version ?? null,
    tags: [...new Set(given.tags ?? [])],
    parameters: given.parameters ?? {},
    parameterSchema: given.parameterSchema ?? null,
    enforceParameterSchema: given.enforceParameterSchema ?? true,
    paused: given.paused ?? false,
    concurrencyLimit: given.concurrencyLimit ?? null,
    collisionStrategy: given.collisionStrategy ?? "ENQUEUE",
    entrypoint: given.entrypoint ?? null,
    path: given.path ?? null,
    workQueueId,
    jobVariables: given.jobVariables ?? null,
  };
}

/** The names of the fields that are others now, as people know them. */
export function changedFields(before: DeploymentFields, after: DeploymentFields): string[] {
  const names = Object.keys(after) as (keyof DeploymentFields)[]; // all its fields, by `fieldsOf`
  return names
    .filter((name) => !isSame(name, before, after))
    .map((name) => (name === "workQueueId" ? "workQueue" : name));
}

/** Values are compared as JSON, tags and the order of a schema's properties, which forms show, as they were given. */
function isSame(name: keyof DeploymentFields, before: DeploymentFields, after: DeploymentFields): boolean {
  if (name === "parameterSchema") return JSON.stringify(before[name]) === JSON.stringify(after[name]);
  return jsonEquals(before[name], after[name]);
}
