import sql from "sql-template-tag";
import { describeValue } from "../../core/document/describe-value.ts";
import { InvalidInputError } from "../../core/error.ts";
import type { ToldQueue } from "../../core/flow-run/told-run.ts";
import { isJsonObject, type Json, type JsonObject, jsonProblem } from "../../core/json.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { hideSecrets } from "../variable/hide-secrets.ts";
import { jobVariableIssues, variablesSchemaOf, withPoolDefaults } from "../work-pool/job-variables.ts";
import { toldQueueSql } from "../work-pool/told-queue.ts";
import { fillLayers } from "./fill-layers.ts";
import type { DeploymentRow } from "./find-deployment.ts";

/** Where a run waits for workers, and what they are given with it; neither where whoever serves the deployment runs it. */
export interface RunWork {
  queue: ToldQueue | null;
  jobVariables: JsonObject | null;
}

export interface GivenWork {
  /** Laid over the deployment's. */
  jobVariables?: unknown;
  /** Whether there are no placeholders in those. */
  isData: boolean;
  /** The name of another queue of the deployment's pool. */
  workQueue?: string | null | undefined;
}

/** @throws InvalidInputError */
export async function workOf(
  db: Executor,
  ctx: Context,
  deployment: DeploymentRow,
  given: GivenWork,
): Promise<RunWork> {
  const queue = await queueOf(db, deployment, given.workQueue ?? null);
  const variables = variablesOf(ctx, given.jobVariables);
  if (queue === null) {
    if (variables === null || Object.keys(variables).length === 0) return { queue, jobVariables: null };
    throw InvalidInputError.at(
      ["jobVariables"],
      `job variables are for the workers of a pool, and ${deployment.fullName} has none`,
    );
  }
  const over = given.isData ? { layers: [], data: variables } : { layers: [variables] };
  const { values, secrets } = await fillLayers(db, ctx, {
    ...over,
    layers: [deployment.jobVariables, ...over.layers],
    root,
  });
  const schema = await variablesSchemaOf(db, queue.id);
  const issues = jobVariableIssues(schema, values, [root]);
  if (issues.length === 0) return { queue, jobVariables: withPoolDefaults(schema, values) };
  throw secrets.reduce<unknown>(
    (error, members) => hideSecrets(error, root, members),
    new InvalidInputError(issues),
  );
}

const root = "jobVariables";

async function queueOf(
  db: Executor,
  { queue, fullName }: DeploymentRow,
  name: string | null,
): Promise<ToldQueue | null> {
  if (name === null) return queue;
  if (queue === null) {
    throw InvalidInputError.at(
      ["workQueue"],
      `the queue ${JSON.stringify(name)} is one of a work pool, and ${fullName} has none`,
    );
  }
  // Postgres has no text with NUL: nothing is named so.
  const [found] = name.includes("\0")
    ? []
    : await db.query<{ queue: ToldQueue }>(sql`
        SELECT ${toldQueueSql(sql`w.id`)} AS queue FROM work_queue w
        WHERE w.work_pool_id = ${queue.pool.id}::uuid AND w.name = ${name}`);
  if (found !== undefined) return found.queue;
  throw InvalidInputError.at(
    ["workQueue"],
    `work pool ${JSON.stringify(queue.pool.name)} has no queue ${JSON.stringify(name)}`,
  );
}

function variablesOf(ctx: Context, given: unknown): JsonObject | null {
  const variables = (given ?? null) as Json; // GraphQL's JSON is JSON
  if (variables === null) return null;
  const problem = jsonProblem(variables, { maxBytes: ctx.settings.maxValueBytes });
  if (problem !== null) throw InvalidInputError.at(["jobVariables", ...problem.path], problem.message);
  if (isJsonObject(variables)) return variables;
  throw InvalidInputError.at(
    ["jobVariables"],
    `job variables are an object of names and values, not ${describeValue(variables)}`,
  );
}
