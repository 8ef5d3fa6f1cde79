import { isJsonObject, type Json, type JsonObject } from "../../../../core/json.ts";
import { followRef, isSchema } from "../../../../core/json-schema/schema.ts";
import { jsonOf } from "../../../lib/json-of.ts";

/** A deployment as an automation can run it. */
export interface Runnable {
  readonly id: string;
  /** What it needs to be given, taken from the event's payload. */
  readonly parameters: JsonObject;
}

/** @param deployment with its defaults and its JSON Schema, as the server has them */
export function runnable({
  id,
  parameters,
  parameterSchema,
}: {
  id: string;
  parameters: unknown;
  parameterSchema: unknown;
}): Runnable {
  const defaults = jsonOf(parameters);
  const given = isJsonObject(defaults) ? defaults : {};
  const needed = neededNames(jsonOf(parameterSchema)).filter((name) => !(name in given));
  return { id, parameters: Object.fromEntries(needed.map((name) => [name, `{{ ${placeOf(name)} }}`])) };
}

/** The one that needs the least: the first of several; null where there is none. */
export function simplest(deployments: readonly Runnable[]): Runnable | null {
  const count = ({ parameters }: Runnable) => Object.keys(parameters).length;
  return deployments.toSorted((one, other) => count(one) - count(other))[0] ?? null;
}

function neededNames(schema: Json): string[] {
  if (!isSchema(schema)) return [];
  const root = followRef(schema, schema);
  if (typeof root === "boolean" || !Array.isArray(root.required)) return [];
  const properties = isJsonObject(root.properties) ? root.properties : {};
  return root.required
    .filter((name) => typeof name === "string")
    .filter((name) => {
      const property = properties[name];
      return !(isJsonObject(property) && "default" in property);
    });
}

function placeOf(name: string): string {
  return /^[a-z_]\w*$/i.test(name) ? `event.payload.${name}` : `event.payload[${JSON.stringify(name)}]`;
}
