import { startOf } from "../../../core/form/start.ts";
import { toSend } from "../../../core/form/value.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../core/json.ts";
import type { JsonSchema } from "../../../core/json-schema/schema.ts";
import type { RunnableFragment } from "../../gql/graphql.ts";
import { jsonOf, schemaOf } from "../../lib/json-of.ts";

/** The schema of what a run is given: a flow that does not say what it takes takes any object. */
export function parameterSchema({ parameterSchema: schema }: RunnableFragment): JsonSchema {
  return schema === null || schema === undefined
    ? { type: "object", additionalProperties: true }
    : schemaOf(schema);
}

/** What a form of parameters begins with: the deployment's own before the schema's defaults. */
export function startOfRun(deployment: RunnableFragment): Json {
  const defaults = toSend(startOf(parameterSchema(deployment))) ?? {};
  const own = ownParameters(deployment);
  return isJsonObject(defaults) ? { ...defaults, ...own } : own;
}

/** The deployment's own parameters. */
export function ownParameters(deployment: RunnableFragment): JsonObject {
  const own = jsonOf(deployment.parameters);
  return isJsonObject(own) ? own : {};
}
