import { pairsOf } from "./access.ts";
import { charge } from "./limits.ts";
import { isoText } from "./moment-text.ts";
import { isRecord, Labels, Moment, Namespace } from "./values.ts";

/** A value that a template gives, as JSON can hold it: dates as ISO texts, labels as objects, and null for what is no data. */
export function encode(value: unknown): unknown {
  charge(1);
  if (value === undefined || value === null) return null;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "string") {
    charge(value.length);
    return value;
  }
  if (typeof value !== "object") return typeof value === "boolean" ? value : null;
  if (Array.isArray(value)) return value.map(encode);
  if (value instanceof Moment) return isoText(value);
  if (value instanceof Labels && value.own() !== undefined) return value.own();
  if (!(value instanceof Labels || value instanceof Namespace || isRecord(value))) return null;
  const members: Record<string, unknown> = Object.create(null); // filled right here
  for (const [key, inner] of pairsOf(value)) members[key] = encode(inner);
  return members;
}
