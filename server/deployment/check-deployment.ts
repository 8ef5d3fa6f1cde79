import { describeValue } from "../../core/document/describe-value.ts";
import { InvalidInputError, type Issue } from "../../core/error.ts";
import { isJsonObject, isPlainObject, type Json, jsonProblem } from "../../core/json.ts";
import { isPlaceholder } from "../../core/template/is-placeholder.ts";
import { withoutPlaced } from "../../core/work-pool/job-variables.ts";
import type { Context } from "../context.ts";
import { runIssues } from "../flow-run/begin-flow-run.ts";
import { checkName } from "../flow-run/find-flow.ts";
import { schemaIssues } from "../json-schema/checks.ts";
import { jobVariableIssues, variablesSchemaOf } from "../work-pool/job-variables.ts";
import { collisionStrategies, type DeploymentArgs } from "./deployment-fields.ts";
import { findQueue } from "./find-queue.ts";
import { placeholderIssues } from "./placeholders.ts";

/** @throws InvalidInputError where no such deployment can be */
export async function checkDeployment(ctx: Context, deployment: DeploymentArgs): Promise<void> {
  checkName(deployment.name, ["deployment", "name"]);
  const wrong = runIssues(ctx, ["deployment"], { ...deployment, name: null });
  const issues = [
    ...wrong,
    ...(wrong.length > 0 ? [] : await placeholderIssues(ctx, asJson(deployment.parameters), parameters)),
    ...textIssues(ctx, deployment),
    ...limitIssues(deployment),
    ...(await workIssues(ctx, deployment)),
  ];
  if (issues.length > 0) throw new InvalidInputError(issues);
}

const parameters = ["deployment", "parameters"];
const jobVariables = ["deployment", "jobVariables"];

function textIssues(ctx: Context, deployment: DeploymentArgs): Issue[] {
  const { maxValueBytes } = ctx.settings;
  const issues: Issue[] = [];
  for (const field of ["description", "version", "entrypoint", "path"] as const) {
    const problem = jsonProblem(deployment[field] ?? null, { maxBytes: maxValueBytes });
    if (problem !== null) issues.push({ path: ["deployment", field], message: problem.message });
  }
  const { parameterSchema } = deployment;
  if (parameterSchema == null) return issues;
  return [...issues, ...schemaIssues(parameterSchema, ["deployment", "parameterSchema"], maxValueBytes)];
}

const mostAtOnce = 2_147_483_647;

function limitIssues({ concurrencyLimit, collisionStrategy }: DeploymentArgs): Issue[] {
  const issues: Issue[] = [];
  const whole = concurrencyLimit == null || Number.isInteger(concurrencyLimit);
  if (concurrencyLimit != null && !(whole && concurrencyLimit >= 1 && concurrencyLimit <= mostAtOnce)) {
    issues.push({
      path: ["deployment", "concurrencyLimit"],
      message: `the most runs at once are a whole number from 1, or null for no limit, not ${concurrencyLimit}`,
    });
  }
  if (collisionStrategy != null && !collisionStrategies.includes(collisionStrategy)) {
    issues.push({
      path: ["deployment", "collisionStrategy"],
      message: `there are the strategies ${collisionStrategies.join(" and ")}, not ${JSON.stringify(collisionStrategy)}`,
    });
  }
  return issues;
}

/** What is wrong with the queue, and with what workers are given. */
async function workIssues(ctx: Context, deployment: DeploymentArgs): Promise<Issue[]> {
  const variables = asJson(deployment.jobVariables);
  const problem = jsonProblem(variables, { maxBytes: ctx.settings.maxValueBytes });
  const issues =
    problem === null ? [] : [{ path: [...jobVariables, ...problem.path], message: problem.message }];
  if (variables !== null && !isPlainObject(variables)) {
    const message = `job variables are an object of names and values, not ${describeValue(variables)}`;
    issues.push({ path: jobVariables, message });
  }
  if (issues.length === 0) issues.push(...(await placeholderIssues(ctx, variables, jobVariables)));
  try {
    const queue = await findQueue(ctx.db, deployment, ["deployment"]);
    if (queue === null || !isJsonObject(variables) || issues.length > 0) return issues;
    if (isPlaceholder(variables)) return issues;
    const schema = await variablesSchemaOf(ctx.db, queue);
    const found = jobVariableIssues(schema, variables, [], { partial: true });
    return withoutPlaced(found, variables).map((issue) => ({
      ...issue,
      path: [...jobVariables, ...issue.path],
    }));
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return [...issues, ...error.issues];
  }
}

function asJson(given: unknown): Json {
  return (given ?? null) as Json; // GraphQL's JSON is JSON
}
