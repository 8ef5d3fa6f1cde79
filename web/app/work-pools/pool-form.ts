import { isJsonObject, type Json, type JsonObject } from "../../../core/json.ts";
import type { JsonSchema } from "../../../core/json-schema/schema.ts";

const name: JsonObject = { type: "string", minLength: 1 };
const description: JsonObject = { type: "string" };
const concurrencyLimit: JsonObject = {
  type: "integer",
  minimum: 0,
  title: "Runs at once",
  description: "The most of its runs that go on at the same time; empty for any number.",
};
const priority: JsonObject = {
  type: "integer",
  minimum: 1,
  description: "Runs of the queue with the lowest number are started first.",
  default: 1,
};

/** What a new pool is asked for. */
export const newPool = fields({ name, description, concurrencyLimit });
/** What can be changed of a pool. */
export const changedPool = fields({ description, concurrencyLimit });
/** What a new queue is asked for. */
export const newQueue = fields({ name, description, priority, concurrencyLimit });
/** What can be changed of a queue. */
export const changedQueue = fields({ description, priority, concurrencyLimit });

function fields(properties: JsonObject): JsonSchema {
  const required = Object.hasOwn(properties, "name") ? ["name"] : [];
  return { type: "object", properties, required, additionalProperties: false };
}

interface Described {
  description?: string | null | undefined;
  concurrencyLimit?: number | null | undefined;
}

/** What a form of a pool or queue begins with: nothing stands where nothing is set. */
export function startOfChange({ description: said, concurrencyLimit: limit }: Described): JsonObject {
  return {
    ...(said == null || said === "" ? {} : { description: said }),
    ...(limit == null ? {} : { concurrencyLimit: limit }),
  };
}

/** What a form gives, as the API takes it: what was left empty is set to nothing. */
export function changeOf(given: Json) {
  const value = isJsonObject(given) ? given : {};
  return {
    description: typeof value.description === "string" ? value.description : null,
    concurrencyLimit: typeof value.concurrencyLimit === "number" ? value.concurrencyLimit : null,
    ...(typeof value.priority === "number" ? { priority: value.priority } : {}),
  };
}

/** The name that a form gives. */
export function nameOf(given: Json): string {
  return isJsonObject(given) ? String(given.name) : "";
}
