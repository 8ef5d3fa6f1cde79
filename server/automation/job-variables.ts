import sql from "sql-template-tag";
import type { RunDeployment } from "../../core/automation/action.ts";
import { type ActionLists, actionLists } from "../../core/automation/automation.ts";
import { placeText } from "../../core/document/place-text.ts";
import { type Dialect, invalid } from "../../core/document/reading.ts";
import type { Issue } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import type { JsonObject } from "../../core/json.ts";
import type { JsonSchema } from "../../core/json-schema/schema.ts";
import { isPlaceholder } from "../../core/template/is-placeholder.ts";
import { withoutTemplated } from "../../core/work-pool/job-variables.ts";
import type { Executor } from "../db.ts";
import { jobVariableIssues } from "../work-pool/job-variables.ts";

/** A `run-deployment` with its place in the definition as it was written. */
interface Placed {
  action: RunDeployment;
  path: string[];
}

/** The deployment's own job variables, and what its pool's schema says. */
interface Known {
  id: string;
  jobVariables: JsonObject | null;
  variablesSchema: JsonSchema | null;
}

/**
 * What is wrong with the job variables of all actions that run a deployment of a pool, by that pool's schema (actions.md 1.3). What
 * templates will give is not looked at, nor is a deployment that is not there.
 */
export async function jobVariableProblems(
  db: Executor,
  definition: ActionLists,
  dialect: Dialect = "document",
): Promise<Issue[]> {
  const placed = placedIn(definition, dialect);
  const ids = [...new Set(placed.map(({ action }) => deploymentOf(action)))].filter(isId);
  if (ids.length === 0) return [];
  const known = await db.query<Known>(sql`
    SELECT d.id, d.job_variables, p.variables_schema FROM deployment d
    JOIN work_queue q ON q.id = d.work_queue_id JOIN work_pool p ON p.id = q.work_pool_id
    WHERE d.id = ANY(${ids}::uuid[])`);
  return placed.flatMap(({ action, path }) => {
    const deployment = known.find(({ id }) => id === deploymentOf(action));
    return deployment === undefined ? [] : problemsOf(action, deployment, path);
  });
}

/** @throws InvalidInputError with every problem */
export async function checkJobVariables(
  db: Executor,
  definition: ActionLists,
  dialect: Dialect = "document",
): Promise<void> {
  const issues = await jobVariableProblems(db, definition, dialect);
  if (issues.length > 0) throw invalid(issues);
}

function problemsOf(action: RunDeployment, deployment: Known, path: string[]): Issue[] {
  const given = action.jobVariables ?? {};
  // What a placeholder of all of them fills in as is not known yet.
  const partial = isPlaceholder(deployment.jobVariables ?? {});
  const merged = { ...(partial ? null : deployment.jobVariables), ...given };
  const found = jobVariableIssues(deployment.variablesSchema, merged, [], { partial });
  return withoutTemplated(found, merged)
    .filter(({ path: [first] }) => first === undefined || first in given || !(first in merged))
    .map((issue) => {
      const place = [...path, ...issue.path];
      return { path: place, message: `${placeText(place)}: ${issue.message}` };
    });
}

function placedIn(definition: ActionLists, dialect: Dialect): Placed[] {
  return actionLists.flatMap(({ key, name }) =>
    definition[key].flatMap((action, index): Placed[] => {
      if (action.type !== "run-deployment") return [];
      const path =
        dialect === "input"
          ? [key, String(index), "runDeployment", "jobVariables"]
          : [name, String(index), "job_variables"];
      return [{ action, path }];
    }),
  );
}

function deploymentOf({ deployment }: RunDeployment): string {
  return deployment.source === "selected" ? deployment.id.toLowerCase() : "";
}
