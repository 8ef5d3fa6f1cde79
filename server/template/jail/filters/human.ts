import { whole } from "../arguments.ts";
import { momentOf } from "../dates.ts";
import { formatted } from "../format.ts";
import { partsOf } from "../moment-text.ts";
import { truth } from "../operators.ts";
import { rounded } from "../rounding.ts";
import { months } from "../strftime.ts";
import { TemplateError } from "../template-error.ts";
import { textOf } from "../text.ts";
import { Moment, named } from "../values.ts";
import { type Filter, filter } from "./filter.ts";
import { numberOf } from "./number.ts";

/** The time of rendering; set before each. */
export const clock = { now: 0 };

const day = 86_400;

/** A length of time in words: "3 hours". @param seconds not below zero */
function inWords(seconds: number): string {
  const all = Math.floor(seconds / day);
  const rest = Math.floor(seconds - all * day);
  const years = Math.floor(all / 365);
  const left = all % 365;
  const monthCount = Math.floor(left / 30.5);
  if (years === 0 && left === 0) return withinDay(rest);
  if (years === 0) {
    if (left === 1) return "a day";
    if (monthCount === 0) return `${left} days`;
    return monthCount === 1 ? "a month" : `${monthCount} months`;
  }
  if (years > 1) return `${withCommas(String(years))} years`;
  if (monthCount > 0) return monthCount === 1 ? "1 year, 1 month" : `1 year, ${monthCount} months`;
  if (left === 0) return "a year";
  return left === 1 ? "1 year, 1 day" : `1 year, ${left} days`;
}

function withinDay(seconds: number): string {
  if (seconds === 0) return "a moment";
  if (seconds === 1) return "a second";
  if (seconds < 60) return `${seconds} seconds`;
  if (seconds < 120) return "a minute";
  if (seconds < 3600) return `${Math.floor(seconds / 60)} minutes`;
  return seconds < 7200 ? "an hour" : `${Math.floor(seconds / 3600)} hours`;
}

/** Seconds into the past, of a date or a number of them. */
function ago(value: unknown): number {
  if (typeof value === "number") return value;
  return (clock.now - momentOf("humanize_naturaltime", value).time) / 1000;
}

function naturalTime(value: unknown, future: unknown): string {
  const seconds = truth(future) && typeof value === "number" ? -value : ago(value);
  const words = inWords(Math.abs(seconds));
  if (words === "a moment") return "now";
  return seconds < 0 ? `${words} from now` : `${words} ago`;
}

function naturalDay(value: unknown): string {
  const moment = momentOf("humanize_naturalday", value);
  const today = Math.floor((clock.now + moment.offset * 60_000) / (day * 1000));
  const that = Math.floor((moment.time + moment.offset * 60_000) / (day * 1000));
  if (that === today) return "today";
  if (that === today + 1) return "tomorrow";
  if (that === today - 1) return "yesterday";
  const parts = partsOf(moment);
  return `${months[parts.month - 1]?.slice(0, 3)} ${String(parts.day).padStart(2, "0")}`;
}

const units = [
  ["year", 365 * day],
  ["month", 30.5 * day],
  ["day", day],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

function preciseDelta(
  value: unknown,
  least: unknown = "seconds",
  suppress: unknown,
  format: unknown = "%0.2f",
): string {
  const smallest = units.findIndex(([name]) => `${name}s` === textOf(least));
  if (smallest < 0)
    throw new TemplateError(`the smallest unit is one of ${units.map(([name]) => `${name}s`).join(", ")}`);
  const left = Array.isArray(suppress) ? suppress.map(textOf) : [];
  const used = units.filter(([name], at) => at <= smallest && !left.includes(`${name}s`));
  let rest = Math.abs(numberOf("humanize_precisedelta", value));
  const parts: string[] = [];
  used.forEach(([name, size], at) => {
    const last = at === used.length - 1;
    const count = last ? rest / size : Math.floor(rest / size);
    rest -= Math.floor(count) * size;
    if (count === 0) return;
    const shown = Number.isInteger(count) ? String(count) : formatted(textOf(format), [count], named());
    parts.push(`${shown} ${name}${count > 0 && count <= 1 && shown === "1" ? "" : "s"}`);
  });
  if (parts.length === 0) return `0 ${used.at(-1)?.[0] ?? "second"}s`;
  return parts.length === 1 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

function withCommas(digits: string): string {
  const [, sign = "", integer = "", rest = ""] = /^([-+]?)(\d+)(.*)$/.exec(digits) ?? [];
  return integer === "" ? digits : sign + integer.replace(/\B(?=(?:\d{3})+$)/g, ",") + rest;
}

function intComma(value: unknown, digits: unknown): string {
  if (typeof value === "number" && digits !== undefined && digits !== null) {
    const places = Math.max(0, Math.min(100, whole("the digits of humanize_intcomma", digits)));
    return withCommas(rounded(value, places).toFixed(places));
  }
  return withCommas(textOf(value).slice(0, 400));
}

function naturalSize(value: unknown, binary: unknown, gnu: unknown, format: unknown = "%.1f"): string {
  const bytes = numberOf("humanize_naturalsize", typeof value === "string" ? Number(value) : value);
  const base = truth(binary) || truth(gnu) ? 1024 : 1000;
  const names = truth(gnu)
    ? ["K", "M", "G", "T", "P", "E", "Z", "Y"]
    : truth(binary)
      ? [" KiB", " MiB", " GiB", " TiB", " PiB", " EiB", " ZiB", " YiB"]
      : [" kB", " MB", " GB", " TB", " PB", " EB", " ZB", " YB"];
  const size = Math.abs(bytes);
  if (size === 1 && !truth(gnu)) return `${bytes} Byte`;
  if (size < base) return `${Math.trunc(bytes)}${truth(gnu) ? "B" : " Bytes"}`;
  const found = names.findIndex((_, at) => size < base ** (at + 2));
  const at = found < 0 ? names.length - 1 : found;
  return `${formatted(textOf(format), [bytes / base ** (at + 1)], named())}${names[at]}`;
}

function delta(value: unknown): number {
  return Math.abs(
    value instanceof Moment ? (clock.now - value.time) / 1000 : numberOf("humanize_naturaldelta", value),
  );
}

const absent = (value: unknown) => value === undefined || value === null;

export const humanFilters: Record<string, Filter> = {
  humanize_naturaltime: filter("humanize_naturaltime", ["future"], (value, future) =>
    absent(value) ? undefined : naturalTime(value, future),
  ),
  humanize_naturaldelta: filter("humanize_naturaldelta", [], (value) =>
    absent(value) ? undefined : inWords(delta(value)),
  ),
  humanize_naturalday: filter("humanize_naturalday", [], (value) =>
    absent(value) ? undefined : naturalDay(value),
  ),
  humanize_precisedelta: filter(
    "humanize_precisedelta",
    ["minimum_unit", "suppress", "format"],
    (value, least, suppress, format) =>
      absent(value) ? undefined : preciseDelta(value, least, suppress, format),
  ),
  humanize_intcomma: filter("humanize_intcomma", ["ndigits"], (value, digits) =>
    absent(value) ? undefined : intComma(value, digits),
  ),
  humanize_naturalsize: filter(
    "humanize_naturalsize",
    ["binary", "gnu", "format"],
    (value, binary, gnu, format) => (absent(value) ? undefined : naturalSize(value, binary, gnu, format)),
  ),
};
