import { instantOf, wallTime } from "./wall-time.ts";

/** What comes with a rule. */
const lines = ["DTSTART", "RRULE", "RDATE", "EXDATE"];
const weekdays = "MO|TU|WE|TH|FR|SA|SU";
const frequencies = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"];
const mostRuns = 1000;

/** The parts of a rule that are lists of numbers, from the least to the greatest, and whether they may count from the end. */
const numbers = new Map<string, [least: number, greatest: number, fromEnd: boolean]>([
  ["BYSECOND", [0, 59, false]],
  ["BYMINUTE", [0, 59, false]],
  ["BYHOUR", [0, 23, false]],
  ["BYMONTHDAY", [1, 31, true]],
  ["BYYEARDAY", [1, 366, true]],
  ["BYWEEKNO", [1, 53, true]],
  ["BYMONTH", [1, 12, false]],
  ["BYSETPOS", [1, 366, true]],
]);

/** The time zone that a rule's text names; null where it names none. */
export function zoneInRule(text: string): string | null {
  return /;TZID=([^:;\s]+)/i.exec(text)?.[1] ?? null;
}

/**
 * A recurrence rule (RFC 5545) as `DTSTART`, `RRULE` and their exceptions with all times in one zone. The text is that of a rule alone or
 * of several lines; where it has no DTSTART, `anchor` is its beginning, or else the beginning of 2020.
 *
 * @throws Error that says what is wrong with the text
 */
export function wholeRule(text: string, anchor: number | null, timezone: string): string {
  const found = new Map<string, string[]>();
  for (const line of text.split(/\r?\n/).map((one) => one.trim())) {
    if (line === "") continue;
    const { name, value } = lineOf(line, timezone);
    found.set(name, [...(found.get(name) ?? []), value]);
  }
  const [rule, ...more] = found.get("RRULE") ?? [];
  const starts = found.get("DTSTART") ?? [];
  if (rule === undefined) throw new Error("has no rule in it, such as FREQ=DAILY;BYHOUR=9");
  if (more.length > 0 || starts.length > 1) throw new Error("has more than one RRULE or DTSTART");
  const [given] = starts;
  if (given !== undefined && anchor !== null)
    throw new Error("has a DTSTART, and there is an anchor besides; give one of them");
  if (given === undefined && anchor === null && /(^|;)COUNT=/.test(rule))
    throw new Error("has a COUNT, which counts from the first time: give DTSTART or an anchor");
  const start = given ?? dateText(anchor === null ? Date.UTC(2020, 0, 1) : wallTime(anchor, timezone));
  const beside = ["RDATE", "EXDATE"].flatMap((name) =>
    (found.get(name) ?? []).map((value) => `${name};TZID=${timezone}:${value}`),
  );
  return [`DTSTART;TZID=${timezone}:${start}`, `RRULE:${rule}`, ...beside].join("\n");
}

function lineOf(line: string, timezone: string): { name: string; value: string } {
  const [, head = "RRULE", rest = line] = /^([A-Za-z]+(?:;[^:]*)?):(.*)$/.exec(line) ?? [];
  const [name = "", ...parameters] = head.split(";");
  const known = lines.find((one) => one === name.toUpperCase());
  if (known === undefined)
    throw new Error(`has the line ${JSON.stringify(line)}; there is ${lines.join(", ")}`);
  const value = rest.trim().toUpperCase();
  if (known === "RRULE") return { name: known, value: ruleOf(value, timezone) };
  for (const parameter of parameters) checkParameter(parameter, timezone);
  const dates = value.split(",").map((date) => localDate(date, timezone));
  return { name: known, value: dates.join(",") };
}

function checkParameter(parameter: string, timezone: string): void {
  const [key = "", value = ""] = parameter.split("=");
  if (key.toUpperCase() === "VALUE") return;
  if (key.toUpperCase() !== "TZID") throw new Error(`has ${JSON.stringify(parameter)}, which is not taken`);
  if (value.toUpperCase() !== timezone.toUpperCase())
    throw new Error(`has the time zone ${value}, and the schedule's is ${timezone}; give one of them`);
}

/** Each part of the rule is looked at: the library passes over what it does not know. */
function ruleOf(rule: string, timezone: string): string {
  const parts = new Map<string, string>();
  for (const part of rule.split(";").filter((one) => one !== "")) {
    const equals = part.indexOf("=");
    const [name, value] = [part.slice(0, Math.max(0, equals)), part.slice(equals + 1)];
    if (parts.has(name)) throw new Error(`has ${name} twice`);
    parts.set(name, name === "UNTIL" ? untilOf(value, timezone) : partOf(part, name, value));
  }
  const frequency = parts.get("FREQ");
  if (frequency === undefined) throw new Error("has no FREQ, such as FREQ=DAILY");
  if (parts.has("COUNT") && parts.has("UNTIL")) throw new Error("has both COUNT and UNTIL; give one of them");
  if (frequency === "SECONDLY" && [...parts.keys()].some((name) => name.startsWith("BY")))
    throw new Error("has FREQ=SECONDLY with a part that begins with BY: write FREQ=MINUTELY with BYSECOND");
  return [...parts].map(([name, value]) => `${name}=${value}`).join(";");
}

function partOf(part: string, name: string, value: string): string {
  const wrong = (what: string) => new Error(`has ${JSON.stringify(part)}; ${what}`);
  const range = numbers.get(name);
  if (range !== undefined) {
    const [least, greatest, fromEnd] = range;
    const isIn = (text: string) => {
      const number = Number(fromEnd ? text.replace(/^[+-]/, "") : text);
      return /^[+-]?\d+$/.test(text) && number >= least && number <= greatest;
    };
    const or = fromEnd ? ", or as many from the end with -" : "";
    if (!value.split(",").every(isIn)) throw wrong(`${name} is from ${least} to ${greatest}${or}`);
    return value;
  }
  switch (name) {
    case "FREQ":
      if (!frequencies.includes(value)) throw wrong(`FREQ is ${frequencies.join(", ")}`);
      return value;
    case "INTERVAL":
      if (!/^[1-9]\d{0,5}$/.test(value)) throw wrong("INTERVAL is a whole number from 1");
      return value;
    case "COUNT":
      if (!/^[1-9]\d*$/.test(value) || Number(value) > mostRuns)
        throw wrong(`COUNT is from 1 to ${mostRuns}`);
      return value;
    case "BYDAY":
      if (!value.split(",").every((day) => new RegExp(`^([+-]?[1-9]\\d?)?(${weekdays})$`).test(day)))
        throw wrong("BYDAY names days such as MO, 1MO or -1FR");
      return value;
    case "WKST":
      if (!new RegExp(`^(${weekdays})$`).test(value)) throw wrong("WKST is a day such as MO");
      return value;
    default:
      throw wrong(`there is FREQ, INTERVAL, COUNT, UNTIL, BYDAY, WKST, ${[...numbers.keys()].join(", ")}`);
  }
}

/** The last instant, in UTC; of a day, its end in the time zone. */
function untilOf(value: string, timezone: string): string {
  if (value.endsWith("Z")) return `${dateText(wallOf(value))}Z`;
  const end = value.includes("T") ? wallOf(value) : wallOf(value) + 86_400_000 - 1000;
  return `${dateText(instantOf(end, timezone))}Z`;
}

function localDate(value: string, timezone: string): string {
  return dateText(value.endsWith("Z") ? wallTime(wallOf(value), timezone) : wallOf(value));
}

function wallOf(value: string): number {
  const [, year, month, day, hour = 0, minute = 0, second = 0] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z?)?$/.exec(value) ?? [];
  const wall = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  if (Number.isNaN(wall) || dateText(wall).slice(0, value.includes("T") ? 15 : 8) !== value.slice(0, 15))
    throw new Error(`has the date ${JSON.stringify(value)}; one is written as 20260131T090000`);
  return wall;
}

function dateText(wall: number): string {
  return new Date(wall).toISOString().replace(/[-:]|\.\d+Z$/g, "");
}
