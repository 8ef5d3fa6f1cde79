import { describeValue } from "../../core/document/describe-value.ts";
import { InvalidInputError } from "../../core/error.ts";
import { isJsonObject, isPlainObject, type JsonObject } from "../../core/json.ts";
import { isPlaceholder } from "../../core/template/is-placeholder.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { type SecretMembers, secretMembers } from "../variable/hide-secrets.ts";
import { fillPlaceholders } from "./placeholders.ts";

/** Objects laid over one another, with their placeholders filled in. */
export interface FilledLayers {
  readonly values: JsonObject;
  /** Of each, where secrets were filled in. */
  readonly secrets: readonly SecretMembers[];
}

/**
 * Lays objects over one another and fills in their placeholders (inputs.md 6.6). A member that something lies over is not looked at.
 *
 * @param layers each over the one before; null and undefined for nothing
 * @param data laid over all of them as it is: there are no placeholders in it
 * @param root what they are called where they stand
 * @throws InvalidInputError where one cannot be filled in
 */
export async function fillLayers(
  db: Executor,
  ctx: Context,
  { layers, data = null, root }: { layers: readonly unknown[]; data?: unknown; root: string },
): Promise<FilledLayers> {
  const top = objectOf(data);
  const laid = [top];
  const secrets: SecretMembers[] = [];
  const taken = new Set(Object.keys(top));
  for (const layer of [...layers].reverse()) {
    const given = objectOf(layer);
    const whole = isPlaceholder(given);
    const { values, secret } = await filled(db, ctx, whole ? given : without(given, taken), { whole, root });
    secrets.push(secret);
    laid.unshift(whole ? without(values, taken) : values);
    for (const name of Object.keys(whole ? values : given)) taken.add(name);
  }
  return { values: Object.fromEntries(laid.flatMap((layer) => Object.entries(layer))), secrets };
}

function without(layer: JsonObject, taken: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(layer).filter(([name]) => !taken.has(name)));
}

async function filled(
  db: Executor,
  ctx: Context,
  layer: JsonObject,
  { whole, root }: { whole: boolean; root: string },
): Promise<{ values: JsonObject; secret: SecretMembers }> {
  const { value, secretPlaces } = await fillPlaceholders(db, ctx, layer, [root]);
  if (isJsonObject(value)) return { values: value, secret: secretMembers(secretPlaces, whole) };
  const what = secretPlaces.length > 0 ? "a secret that is none" : describeValue(value);
  throw InvalidInputError.at([root], `they are an object of names and values, and this fills in as ${what}`);
}

/** What is no object was refused before. */
function objectOf(layer: unknown): JsonObject {
  return isPlainObject(layer) ? (layer as JsonObject) : {}; // GraphQL's JSON and the database's are JSON
}
