import sql from "sql-template-tag";
import { type ActionLists, actionLists } from "../../core/automation/automation.ts";
import { parameterWarnings, type RunnableDeployment } from "../../core/automation/parameter-warnings.ts";
import type { Issue } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import type { JsonObject } from "../../core/json.ts";
import type { JsonSchema } from "../../core/json-schema/schema.ts";
import type { Context } from "../context.ts";
import { batched } from "../graphql/batch.ts";
import { checks } from "../json-schema/checks.ts";

/**
 * What is doubtful in the parameters with which actions run the deployments that they select. It is no reason to refuse them, for
 * deployments change.
 */
export async function readParameterWarnings(ctx: Context, automation: ActionLists): Promise<Issue[]> {
  const found = await Promise.all(
    actionLists.flatMap(({ key, name }) =>
      automation[key].map(async (action, index): Promise<Issue[]> => {
        if (action.type !== "run-deployment" || action.deployment.source !== "selected") return [];
        const deployment = await readDeployment(ctx, action.deployment.id.toLowerCase());
        if (deployment === null) return [];
        const path = [name, String(index), "parameters"];
        return parameterWarnings(action.parameters ?? {}, deployment, checks.get(deployment.schema), path);
      }),
    ),
  );
  return found.flat();
}

/** Null where there is none, or where it says nothing of its parameters. */
const readDeployment = batched(
  async (ctx: Context, ids: string[]): Promise<(RunnableDeployment | null)[]> => {
    const asked = [...new Set(ids.filter(isId))];
    if (asked.length === 0) return ids.map(() => null);
    const rows = await ctx.db.query<{
      id: string;
      name: string;
      parameters: JsonObject;
      schema: JsonSchema;
    }>(sql`
    SELECT d.id, f.name || '/' || d.name AS name, d.parameters, d.parameter_schema AS schema
    FROM deployment d JOIN flow f ON f.id = d.flow_id
    WHERE d.id = ANY (${asked}::uuid[]) AND d.parameter_schema IS NOT NULL`);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  },
);
