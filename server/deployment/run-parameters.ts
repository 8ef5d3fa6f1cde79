import { InvalidInputError } from "../../core/error.ts";
import type { Json } from "../../core/json.ts";
import type { JsonSchema } from "../../core/json-schema/schema.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { checks } from "../json-schema/checks.ts";
import { hideSecrets } from "../variable/hide-secrets.ts";
import { type FilledLayers, fillLayers } from "./fill-layers.ts";

/** What a deployment says of the parameters of its runs. */
export interface ParameterRules {
  /** Its defaults; they may have placeholders. */
  parameters: unknown;
  parameterSchema: JsonSchema | null;
  /** Whether what does not satisfy the schema is refused. */
  enforceSchema: boolean;
}

const root = "parameters";

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
  return checked(
    deployment,
    await fillLayers(db, ctx, { layers: [deployment.parameters, ...over], data, root }),
  );
}

function checked(
  { parameterSchema, enforceSchema }: ParameterRules,
  { values, secrets }: FilledLayers,
): Json {
  if (parameterSchema === null || !enforceSchema) return values;
  const found = checks.get(parameterSchema)(values);
  if (found.ok) return found.value;
  const refusal = new InvalidInputError(
    found.issues.map((issue) => ({ path: [root, ...issue.path], message: issue.message })),
  );
  throw secrets.reduce<unknown>((error, members) => hideSecrets(error, root, members), refusal);
}
