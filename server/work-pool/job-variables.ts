import sql from "sql-template-tag";
import type { Issue } from "../../core/error.ts";
import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";
import { fillDefaults } from "../../core/json-schema/fill-defaults.ts";
import type { JsonSchema } from "../../core/json-schema/schema.ts";
import type { Executor } from "../db.ts";
import { checks } from "../json-schema/checks.ts";

/** The schema of the job variables of a queue's pool; null where it takes any. */
export async function variablesSchemaOf(db: Executor, queueId: string): Promise<JsonSchema | null> {
  const [pool] = await db.query<{ variablesSchema: JsonSchema | null }>(sql`
    SELECT p.variables_schema FROM work_queue q JOIN work_pool p ON p.id = q.work_pool_id WHERE q.id = ${queueId}::uuid`);
  return pool?.variablesSchema ?? null;
}

/**
 * What is wrong with job variables by their pool's schema.
 *
 * @param path where they stand in what was given
 * @param partial whether more are to come over them, so that none is missing yet
 */
export function jobVariableIssues(
  schema: JsonSchema | null,
  variables: Json,
  path: readonly string[],
  { partial = false }: { partial?: boolean } = {},
): Issue[] {
  if (!isJsonObject(variables))
    return [{ path: [...path], message: "job variables are an object of names and values" }];
  if (schema === null) return [];
  const checked = checks.get(partial ? withoutRequired(schema) : schema)(variables);
  if (checked.ok) return [];
  return checked.issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
}

/** Job variables of a run over the defaults of its pool's schema: what its worker is given. */
export function withPoolDefaults(schema: JsonSchema | null, variables: JsonObject): JsonObject {
  if (schema === null) return variables;
  const filled = fillDefaults(schema, variables);
  return isJsonObject(filled) ? filled : variables;
}

function withoutRequired(schema: JsonSchema): JsonSchema {
  if (!isJsonObject(schema)) return schema;
  const { required, ...rest } = schema;
  return rest;
}
