import { describeValue } from "../../core/document/describe-value.ts";
import { InvalidInputError } from "../../core/error.ts";
import { isJsonObject, isPlainObject, type Json, type JsonObject } from "../../core/json.ts";
import type { JsonSchema } from "../../core/json-schema/schema.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { checks } from "../json-schema/checks.ts";
import { fillPlaceholders } from "./placeholders.ts";

/** What a deployment says of the parameters of its runs. */
export interface ParameterRules {
  /** Its defaults; they may have placeholders. */
  parameters: unknown;
  parameterSchema: JsonSchema | null;
  /** Whether what does not satisfy the schema is refused. */
  enforceSchema: boolean;
}

const path = ["parameters"];

/**
 * The parameters of a run: what is given laid over the deployment's, placeholders filled in, and then checked by the schema where
 * that is enforced. A default that something lies over is not looked at.
 *
 * @param over what is laid over it, each over the one before; null and undefined for nothing
 * @param data laid over all of it as it is: there are no placeholders in it
 * @throws InvalidInputError
 */
export async function runParameters(
  db: Executor,
  ctx: Context,
  deployment: ParameterRules,
  over: readonly unknown[],
  data: unknown = null,
): Promise<Json> {
  const top = objectOf(data);
  const layers = [top];
  const taken = new Set(Object.keys(top));
  for (const layer of [deployment.parameters, ...over].reverse()) {
    const given = objectOf(layer);
    const whole = isPlaceholder(given);
    const values = await filled(db, ctx, whole ? given : without(given, taken));
    layers.unshift(whole ? without(values, taken) : values);
    for (const name of Object.keys(whole ? values : given)) taken.add(name);
  }
  return checked(deployment, Object.fromEntries(layers.flatMap((layer) => Object.entries(layer))));
}

/** Parameters may as a whole be a placeholder. */
function isPlaceholder({ __prefect_kind, __kind }: JsonObject): boolean {
  return __prefect_kind !== undefined || __kind !== undefined;
}

function without(layer: JsonObject, taken: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(layer).filter(([name]) => !taken.has(name)));
}

async function filled(db: Executor, ctx: Context, layer: JsonObject): Promise<JsonObject> {
  const value = await fillPlaceholders(db, ctx, layer, path);
  if (isJsonObject(value)) return value;
  throw InvalidInputError.at(
    path,
    `they are an object of names and values, and this fills in as ${describeValue(value)}`,
  );
}

/** What is no object was refused before. */
function objectOf(layer: unknown): JsonObject {
  return isPlainObject(layer) ? (layer as JsonObject) : {}; // GraphQL's JSON and the database's are JSON
}

function checked({ parameterSchema, enforceSchema }: ParameterRules, parameters: Json): Json {
  if (parameterSchema === null || !enforceSchema) return parameters;
  const found = checks.get(parameterSchema)(parameters);
  if (found.ok) return found.value;
  throw new InvalidInputError(
    found.issues.map((issue) => ({ path: [...path, ...issue.path], message: issue.message })),
  );
}
