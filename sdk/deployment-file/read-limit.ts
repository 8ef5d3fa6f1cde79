import { itIs } from "../../core/document/describe-value.ts";
import { Fields } from "../../core/document/fields.ts";
import type { Given, Reading } from "../../core/document/reading.ts";
import { readWord } from "../../core/document/values.ts";
import { isPlainObject } from "../../core/json.ts";
import { present } from "./present.ts";

/** How many runs there may be at once, and what becomes of one more. */
export interface ConcurrencyLimit {
  limit: number | null;
  collisionStrategy: "ENQUEUE" | "CANCEL_NEW";
}

/** A number, or an object of `limit` and `collision_strategy`. */
export function readLimit(reading: Reading, given: Given | null): ConcurrencyLimit {
  if (given === null) return { limit: null, collisionStrategy: "ENQUEUE" };
  if (!isPlainObject(given.value)) return { limit: readNumber(reading, given), collisionStrategy: "ENQUEUE" };
  const fields = Fields.of(reading, given);
  fields?.only("concurrency_limit", ["limit", "collision_strategy"]);
  return {
    limit: readNumber(reading, fields?.require("limit") ?? null),
    collisionStrategy: readWord(
      reading,
      present(fields, "collision_strategy"),
      ["ENQUEUE", "CANCEL_NEW"],
      "ENQUEUE",
    ),
  };
}

function readNumber(reading: Reading, given: Given | null): number | null {
  if (given === null || given.value === null) return null;
  if (typeof given.value === "number" && Number.isInteger(given.value) && given.value >= 1)
    return given.value;
  reading.refuse(given.path, `must be a whole number of 1 or more; ${itIs(given.value)}`);
  return null;
}
