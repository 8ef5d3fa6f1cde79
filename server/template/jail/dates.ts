import { fits } from "./limits.ts";
import { offsetText, partsOf } from "./moment-text.ts";
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

const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
export const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

const two = (value: number) => String(value).padStart(2, "0");

/** A date by Python's directives; unknown ones stay as they are. */
export function strftime(moment: Moment, format: string): string {
  const parts = partsOf(moment);
  const hour12 = parts.hour % 12 === 0 ? 12 : parts.hour % 12;
  const directive = (letter: string): string | undefined => {
    switch (letter) {
      case "Y":
        return String(parts.year).padStart(4, "0");
      case "y":
        return two(parts.year % 100);
      case "m":
        return two(parts.month);
      case "d":
        return two(parts.day);
      case "e":
        return String(parts.day).padStart(2);
      case "H":
        return two(parts.hour);
      case "I":
        return two(hour12);
      case "M":
        return two(parts.minute);
      case "S":
        return two(parts.second);
      case "f":
        return `${String(parts.millisecond).padStart(3, "0")}000`;
      case "p":
        return parts.hour < 12 ? "AM" : "PM";
      case "A":
        return days[parts.weekday];
      case "a":
        return days[parts.weekday]?.slice(0, 3);
      case "B":
        return months[parts.month - 1];
      case "b":
      case "h":
        return months[parts.month - 1]?.slice(0, 3);
      case "j":
        return String(parts.yearDay).padStart(3, "0");
      case "w":
        return String(parts.weekday);
      case "u":
        return String(parts.weekday === 0 ? 7 : parts.weekday);
      case "z":
        return offsetText(moment.offset, "");
      case "Z":
        return moment.zone;
      case "s":
        return String(Math.floor(moment.time / 1000));
      case "%":
        return "%";
      case "F":
        return strftime(moment, "%Y-%m-%d");
      case "T":
      case "X":
        return strftime(moment, "%H:%M:%S");
      case "D":
      case "x":
        return strftime(moment, "%m/%d/%y");
      case "R":
        return strftime(moment, "%H:%M");
      case "c":
        return strftime(moment, "%a %b %e %H:%M:%S %Y");
      case "n":
        return "\n";
      case "t":
        return "\t";
      default:
        return undefined;
    }
  };
  fits(format.length * 12);
  return format.replace(/%(-?)([A-Za-z%])/g, (whole, bare: string, letter: string) => {
    const text = directive(letter);
    if (text === undefined) return whole;
    return bare === "" ? text : text.replace(/^[0 ]+(?=\d)/, "");
  });
}

/** A date shown in a zone; as it is where none is named. */
export function shownIn(moment: Moment, zone: unknown): Moment {
  return zone === undefined || zone === null ? moment : inZone(moment, textOf(zone));
}
