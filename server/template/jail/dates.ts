import { TemplateError } from "./template-error.ts";
import { textOf } from "./text.ts";
import { describe, Moment } from "./values.ts";
import { inZone } from "./zones.ts";

const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** The moment that a date, an ISO text or a number of seconds since 1970 is. */
export function momentOf(what: string, value: unknown): Moment {
  if (value instanceof Moment) return value;
  if (typeof value === "number" && Math.abs(value) <= 8e12) return new Moment(value * 1000);
  const found = typeof value === "string" ? iso.exec(value) : null;
  if (found !== null) {
    const [, day = "", clock = "00:00", seconds = "00", fraction = "", zone = "Z"] = found;
    const offset = zone === "Z" ? 0 : offsetOf(zone);
    const time =
      Date.parse(`${day}T${clock}:${seconds}.${fraction.padEnd(3, "0").slice(0, 3)}Z`) - offset * 60_000;
    if (!Number.isNaN(time)) return new Moment(time, offset);
  }
  throw new TemplateError(`${what} takes a date, not ${describe(value)}`);
}

function offsetOf(zone: string): number {
  const digits = zone.slice(1).replace(":", "");
  const size = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return zone.startsWith("-") ? -size : size;
}

/** A date shown in a zone; as it is where none is named. */
export function shownIn(moment: Moment, zone: unknown): Moment {
  return zone === undefined || zone === null ? moment : inZone(moment, textOf(zone));
}
