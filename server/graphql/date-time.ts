import { firstInstant } from "../../core/event/first-instant.ts";

const rfc3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?([Zz]|([+-])(\d{2}):(\d{2}))$/;

const latest = Date.parse("9999-12-31T23:59:59.999Z");

/**
 * The moment that an RFC 3339 text names, in whole milliseconds.
 *
 * @throws with a sentence where the text is none, names no day or hour that exists, or lies outside the years 1 to 9999
 */
export function parseDateTime(given: unknown): Date {
  const match = typeof given === "string" ? rfc3339.exec(given) : null;
  if (match === null) {
    throw new Error(`${show(given)} is no RFC 3339 timestamp such as "2026-01-31T12:00:00.000Z"`);
  }
  const part = (index: number) => Number(match[index] ?? 0);
  const [month, day, hour, minute, second] = [part(2), part(3), part(4), part(5), part(6)];
  const moment = new Date(0);
  // Date.UTC would take the years 0 to 99 for those of the last century.
  moment.setUTCFullYear(part(1), month - 1, day);
  moment.setUTCHours(hour, minute, second, Number((match[7] ?? "").padEnd(3, "0").slice(0, 3)));
  const exists = moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day;
  if (!exists || hour > 23 || minute > 59 || second > 59 || part(10) > 23 || part(11) > 59) {
    throw new Error(`${show(given)} names no time that exists`);
  }
  const offset = (part(10) * 60 + part(11)) * 60_000 * (match[9] === "-" ? -1 : 1);
  const time = moment.getTime() - offset;
  if (time < firstInstant || time > latest)
    throw new Error(`${show(given)} lies outside the years 1 to 9999`);
  return new Date(time);
}

function show(given: unknown): string {
  const text = JSON.stringify(given) ?? String(given);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
