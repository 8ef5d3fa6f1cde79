import { fits } from "./limits.ts";
import { offsetText, partsOf } from "./moment-text.ts";
import type { Moment } from "./values.ts";

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

type Parts = ReturnType<typeof partsOf>;

const padded = (value: number, width = 2, fill = "0") => String(value).padStart(width, fill);
const hour12 = ({ hour }: Parts) => (hour % 12 === 0 ? 12 : hour % 12);
/** From Monday, which is 0. */
const sinceMonday = ({ weekday }: Parts) => (weekday + 6) % 7;

/** Directives by their letters: texts that stand for others, or what writes them. */
const directives: Record<string, string | ((parts: Parts, moment: Moment) => string)> = {
  Y: ({ year }) => padded(year, 4),
  C: ({ year }) => padded(Math.floor(year / 100)),
  y: ({ year }) => padded(year % 100),
  G: (parts) => padded(isoWeek(parts).year, 4),
  g: (parts) => padded(isoWeek(parts).year % 100),
  m: ({ month }) => padded(month),
  B: ({ month }) => months[month - 1] ?? "",
  b: ({ month }) => (months[month - 1] ?? "").slice(0, 3),
  h: "%b",
  d: ({ day }) => padded(day),
  e: ({ day }) => padded(day, 2, " "),
  j: ({ yearDay }) => padded(yearDay, 3),
  // Weeks of the year: the first one begins with its first Sunday or Monday, and what is before is week 0.
  U: ({ yearDay, weekday }) => padded(Math.floor((yearDay + 6 - weekday) / 7)),
  W: (parts) => padded(Math.floor((parts.yearDay + 6 - sinceMonday(parts)) / 7)),
  V: (parts) => padded(isoWeek(parts).week),
  A: ({ weekday }) => days[weekday] ?? "",
  a: ({ weekday }) => (days[weekday] ?? "").slice(0, 3),
  w: ({ weekday }) => String(weekday),
  u: (parts) => String(sinceMonday(parts) + 1),
  H: ({ hour }) => padded(hour),
  k: ({ hour }) => padded(hour, 2, " "),
  I: (parts) => padded(hour12(parts)),
  l: (parts) => padded(hour12(parts), 2, " "),
  M: ({ minute }) => padded(minute),
  S: ({ second }) => padded(second),
  f: ({ millisecond }) => `${padded(millisecond, 3)}000`,
  p: ({ hour }) => (hour < 12 ? "AM" : "PM"),
  P: ({ hour }) => (hour < 12 ? "am" : "pm"),
  z: (_, { offset }) => offsetText(offset, ""),
  Z: (_, { zone }) => zone,
  s: (_, { time }) => String(Math.floor(time / 1000)),
  F: "%Y-%m-%d",
  T: "%H:%M:%S",
  X: "%H:%M:%S",
  D: "%m/%d/%y",
  x: "%m/%d/%y",
  R: "%H:%M",
  r: "%I:%M:%S %p",
  c: "%a %b %e %H:%M:%S %Y",
  n: "\n",
  t: "\t",
};

const directive = /%([-_0^]?)([A-Za-z%])/g;

/** A date by Python's directives, in English; unknown ones stay as they are. */
export function strftime(moment: Moment, format: string): string {
  fits(format.length * 12);
  const parts = partsOf(moment);
  return format.replace(directive, (whole, flag: string, letter: string) => {
    if (letter === "%") return "%";
    const known = Object.hasOwn(directives, letter) ? directives[letter] : undefined;
    if (known === undefined) return whole;
    return flagged(flag, typeof known === "string" ? strftime(moment, known) : known(parts, moment));
  });
}

/** `-`: without what fills it up; `_` and `0`: filled up with these; `^`: in capitals. */
function flagged(flag: string, text: string): string {
  if (flag === "^") return text.toUpperCase();
  const fill = flag === "_" ? " " : flag;
  return flag === ""
    ? text
    : text.replace(/^[0 ]+(?=\d)/, (all) => (flag === "-" ? "" : fill.repeat(all.length)));
}

/** The week by ISO 8601, and the year that it belongs to: that of its Thursday. */
function isoWeek(parts: Parts): { year: number; week: number } {
  const { year, month, day } = parts;
  const thursday = new Date(Date.UTC(year, month - 1, day + 3 - sinceMonday(parts)));
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return {
    year: thursday.getUTCFullYear(),
    week: Math.floor((thursday.getTime() - first) / 604_800_000) + 1,
  };
}
