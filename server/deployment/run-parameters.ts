import { describeValue } from "../../core/document/describe-value.ts";
import { InvalidInputError } from "../../core/error.ts";
import { isJsonObject, isPlainObject, type Json, type JsonObject } from "../../core/json.ts";
import type { JsonSchema } from "../../core/json-schema/schema.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { checks } from "../json-schema/checks.ts";
import { hideSecrets, type SecretMembers, secretMembers } from "../variable/hide-secrets.ts";
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
  const secrets: SecretMembers[] = [];
  const taken = new Set(Object.keys(top));
  for (const layer of [deployment.parameters, ...over].reverse()) {
    const given = objectOf(layer);
    const whole = isPlaceholder(given);
    const { values, secret } = await filled(db, ctx, whole ? given : without(given, taken), whole);
    secrets.push(secret);
    layers.unshift(whole ? without(values, taken) : values);
    for (const name of Object.keys(whole ? values : given)) taken.add(name);
  }
  return checked(deployment, Object.fromEntries(layers.flatMap((layer) => Object.entries(layer))), secrets);
}

/** Parameters may as a whole be a placeholder. */
export function isPlaceholder({ __prefect_kind, __kind }: JsonObject): boolean {
  return __prefect_kind !== undefined || __kind !== undefined;
}

function without(layer: JsonObject, taken: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(layer).filter(([name]) => !taken.has(name)));
}

async function filled(
  db: Executor,
  ctx: Context,
  layer: JsonObject,
  whole: boolean,
): Promise<{ values: JsonObject; secret: SecretMembers }> {
  const { value, secretPlaces } = await fillPlaceholders(db, ctx, layer, path);
  if (isJsonObject(value)) return { values: value, secret: secretMembers(secretPlaces, whole) };
  const what = secretPlaces.length > 0 ? "a secret that is none" : describeValue(value);
  throw InvalidInputError.at(path, `they are an object of names and values, and this fills in as ${what}`);
}

/** What is no object was refused before. */
function objectOf(layer: unknown): JsonObject {
  return isPlainObject(layer) ? (layer as JsonObject) : {}; // GraphQL's JSON and the database's are JSON
}

function checked(
  { parameterSchema, enforceSchema }: ParameterRules,
  parameters: Json,
  secrets: readonly SecretMembers[],
): Json {
  if (parameterSchema === null || !enforceSchema) return parameters;
  const found = checks.get(parameterSchema)(parameters);
  if (found.ok) return found.value;
  const refusal = new InvalidInputError(
    found.issues.map((issue) => ({ path: [...path, ...issue.path], message: issue.message })),
  );
  throw secrets.reduce<unknown>((error, members) => hideSecrets(error, "parameters", members), refusal);
}
