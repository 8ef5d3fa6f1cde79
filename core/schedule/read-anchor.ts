import { itIs } from "../document/describe-value.ts";
import type { Given, Reading } from "../document/reading.ts";
import { instantOf } from "./wall-time.ts";

const date = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?$/;
const offset = /(?:Z|[+-]\d\d:?\d\d)$/i;

/** An instant: a `Date`, or a date and time of ISO 8601, which without an offset is what a clock in the time zone shows. */
export function readAnchor(reading: Reading, { value, path }: Given, timezone: string): number | null {
  const instant =
    value instanceof Date ? value.getTime() : typeof value === "string" ? parse(value, timezone) : Number.NaN;
  if (!Number.isNaN(instant) && Math.abs(instant) < Date.UTC(9999, 0, 1)) return Math.trunc(instant);
  reading.refuse(
    path,
    `must be a date and time such as 2026-01-31T09:00:00Z; ${value instanceof Date ? "it is no date" : itIs(value)}`,
  );
  return null;
}

function parse(text: string, timezone: string): number {
  const given = text.trim();
  const [zone = ""] = offset.exec(given.slice(10)) ?? [];
  const local = given.slice(0, given.length - zone.length);
  if (!date.test(local)) return Number.NaN;
  const wall = Date.parse(`${local.includes(":") ? local.replace(" ", "T") : `${local}T00:00`}Z`);
  if (Number.isNaN(wall)) return Number.NaN;
  return zone === "" ? instantOf(wall, timezone) : Date.parse(`${local.replace(" ", "T")}${zone}`);
}
