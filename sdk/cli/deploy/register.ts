import path from "node:path";
import { scheduleInput } from "../../../core/schedule/schedule-input.ts";
import { issueLine } from "../../automation/issue-line.ts";
import {
  CheckDeploymentDocument,
  DeployDeploymentDocument,
  type DeployDeploymentMutation,
  type DeploymentInput,
} from "../../gql/graphql.ts";
import { request } from "../request.ts";
import type { Described } from "./described.ts";
import type { StoredDeployment } from "./known-names.ts";
import type { Source } from "./source.ts";

type Registered = Extract<
  DeployDeploymentMutation["registerDeployment"],
  { __typename: "RegisteredDeployment" }
>;

/** What became of a list, each item by its name, or in words where it has none. */
export interface Changes {
  created: string[];
  updated: string[];
  unchanged: string[];
  removed: string[];
}

/** What became of one deployment. */
export interface Outcome {
  deployment: string;
  outcome: "created" | "updated" | "unchanged" | "refused";
  id: string | null;
  triggers: Changes;
  schedules: Changes;
  /** What is wrong with a refused one, or doubtful of another, each with its place. */
  issues: string[];
}

export const noChanges: Changes = { created: [], updated: [], unchanged: [], removed: [] };

/** How a deployment is registered: what the file leaves out comes from its flow. */
export function inputOf({ deployment, flowName, flow }: Described): DeploymentInput {
  const { workPool, concurrency, entrypoint, schedules, triggers } = deployment;
  return {
    flowName,
    name: deployment.name,
    description: deployment.description ?? flow?.description ?? null,
    version: deployment.version ?? flow?.version ?? null,
    tags: deployment.tags,
    parameters: deployment.parameters,
    parameterSchema: flow?.parameterSchema ?? null,
    enforceParameterSchema: deployment.enforceParameterSchema,
    ...(deployment.paused !== undefined && { paused: deployment.paused }),
    concurrencyLimit: concurrency.limit,
    collisionStrategy: concurrency.collisionStrategy,
    entrypoint,
    path: entrypoint === null ? null : path.resolve(deployment.directory ?? "."),
    workPool: workPool?.name ?? null,
    workQueue: workPool?.queue ?? null,
    jobVariables: workPool?.jobVariables ?? null,
    schedules: schedules.map(scheduleInput),
    triggers: triggers.map(({ value }) => value),
  };
}

/**
 * Registers a deployment, with its schedules and triggers, as a whole or not at all.
 *
 * @param before the one of that name; null where there was none
 */
export async function register(
  source: Source,
  described: Described,
  before: StoredDeployment | null,
): Promise<Outcome> {
  const { deployment, flowName } = described;
  const name = `${flowName}/${deployment.name}`;
  const { registerDeployment: result } = await request(DeployDeploymentDocument, {
    deployment: inputOf(described),
  });
  if (result.__typename !== "RegisteredDeployment") {
    return refusedBy(source, described, result.issues);
  }
  const [triggers, schedules] = [changesOf(result.triggers), changesOf(result.schedules)];
  const touched = [triggers, schedules].some(
    ({ created, updated, removed }) => created.length + updated.length + removed.length > 0,
  );
  const same = before?.updatedAt === result.deployment.updatedAt && !touched;
  return {
    deployment: name,
    outcome: before === null ? "created" : same ? "unchanged" : "updated",
    id: result.deployment.id,
    triggers,
    schedules,
    issues: warningsOf(result),
  };
}

/** What registering a deployment would be refused for, by the server's own checks; null where it would not be. */
export async function refusal(source: Source, described: Described): Promise<Outcome | null> {
  const { checkDeployment: issues } = await request(CheckDeploymentDocument, {
    deployment: inputOf(described),
  });
  return issues.length === 0 ? null : refusedBy(source, described, issues);
}

function refusedBy(
  source: Source,
  described: Described,
  issues: ReadonlyArray<{ path: string[]; message: string }>,
): Outcome {
  return {
    deployment: `${described.flowName}/${described.deployment.name}`,
    outcome: "refused",
    id: null,
    triggers: noChanges,
    schedules: noChanges,
    issues: issues.map((issue) => placed(source, described, issue)),
  };
}

function changesOf({ created, updated, unchanged, removed }: Changes): Changes {
  return { created, updated, unchanged, removed };
}

/** What is valid but doubtful in its triggers. */
function warningsOf({ deployment }: Registered): string[] {
  return deployment.automations
    .filter(({ ownerResource }) => ownerResource === `prefect.deployment.${deployment.id}`)
    .flatMap(({ name, warnings }) => warnings.map((warning) => `trigger ${name}: ${issueLine(warning)}`));
}

/** Fields of the API that are elsewhere in a file. */
const inFile: Record<string, string[]> = {
  flowName: ["flow_name"],
  workPool: ["work_pool", "name"],
  workQueue: ["work_pool", "work_queue_name"],
  jobVariables: ["work_pool", "job_variables"],
  concurrencyLimit: ["concurrency_limit"],
  collisionStrategy: ["concurrency_limit", "collision_strategy"],
};

/** A problem that the server found, as a line that begins with where it is in the file. */
function placed(
  source: Source,
  { deployment }: Described,
  issue: { path: string[]; message: string },
): string {
  const [, field = "", ...rest] = issue.path;
  const trigger = field === "triggers" ? deployment.triggers[Number(rest[0])] : undefined;
  const place = trigger
    ? [...trigger.path, ...rest.slice(1)]
    : [...deployment.path, ...(inFile[field] ?? [field]), ...rest];
  const line = issueLine({ path: issue.path.slice(1), message: issue.message.replace(/^deployment\./, "") });
  return `${source.where(place)}: ${line}`;
}
