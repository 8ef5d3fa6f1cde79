import { describeValue } from "../../core/document/describe-value.ts";
import { InvalidInputError, type Issue } from "../../core/error.ts";
import { type Json, jsonProblem } from "../../core/json.ts";
import type { Context } from "../context.ts";
import { runIssues } from "../flow-run/begin-flow-run.ts";
import { checkName } from "../flow-run/find-flow.ts";
import { schemaIssue } from "../json-schema/checks.ts";
import { collisionStrategies, type DeploymentArgs } from "./deployment-fields.ts";

/** @throws InvalidInputError where no such deployment can be */
export function checkDeployment(ctx: Context, deployment: DeploymentArgs): void {
  checkName(deployment.name, ["deployment", "name"]);
  const issues = [
    ...runIssues(ctx, ["deployment"], { ...deployment, name: null }),
    ...textIssues(ctx, deployment),
    ...limitIssues(deployment),
    ...jobVariableIssues(ctx, deployment.jobVariables),
  ];
  if (issues.length > 0) throw new InvalidInputError(issues);
}

function textIssues(ctx: Context, deployment: DeploymentArgs): Issue[] {
  const { maxValueBytes } = ctx.settings;
  const issues: Issue[] = [];
  for (const field of ["description", "version", "entrypoint", "path"] as const) {
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

function jobVariableIssues(ctx: Context, jobVariables: unknown): Issue[] {
  if (jobVariables == null) return [];
  const path = ["deployment", "jobVariables"];
  const problem = jsonProblem(jobVariables as Json, { maxBytes: ctx.settings.maxValueBytes });
  if (problem !== null) return [{ path: [...path, ...problem.path], message: problem.message }];
  if (typeof jobVariables === "object" && !Array.isArray(jobVariables)) return [];
  const found = describeValue(jobVariables);
  return [{ path, message: `job variables are an object of names and values, not ${found}` }];
}
