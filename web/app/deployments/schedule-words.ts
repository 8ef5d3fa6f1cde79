import cronstrue from "cronstrue";
import { durationText } from "../../../core/trigger/duration-text.ts";

/** When a schedule makes runs; one of the first three is given. */
export interface Timing {
  cron?: string | null | undefined;
  /** Seconds. */
  interval?: number | null | undefined;
  rrule?: string | null | undefined;
  timezone: string;
}

/** A schedule in plain words, such as "at 09:00, Monday through Friday (Europe/Paris)". */
export function scheduleWords({ cron, interval, rrule, timezone }: Timing): string {
  if (typeof interval === "number") return `every ${durationText(interval).replace(/^1 /, "")}`;
  const zone = ` (${timezone})`;
  if (typeof cron === "string") return cronWords(cron) + zone;
  if (typeof rrule === "string") return ruleWords(rrule) + zone;
  return "at no time";
}

function cronWords(cron: string): string {
  try {
    const words = cronstrue.toString(cron, { use24HourTimeFormat: true });
    return words.charAt(0).toLowerCase() + words.slice(1);
  } catch {
    return `by the cron expression ${cron}`;
  }
}

const units: Record<string, string> = {
  YEARLY: "year",
  MONTHLY: "month",
  WEEKLY: "week",
  DAILY: "day",
  HOURLY: "hour",
  MINUTELY: "minute",
  SECONDLY: "second",
};
const days: Record<string, string> = {
  MO: "Monday",
  TU: "Tuesday",
  WE: "Wednesday",
  TH: "Thursday",
  FR: "Friday",
  SA: "Saturday",
  SU: "Sunday",
};
const said = new Set(["FREQ", "INTERVAL", "BYDAY", "BYHOUR", "BYMINUTE", "BYSECOND", "COUNT", "WKST"]);

/** The rules that most people write, in words; any other as it is written. */
function ruleWords(rrule: string): string {
  const rule = /(?:^|\n)(?:RRULE:)?(FREQ=[^\n]*|[^\n]*;FREQ=[^\n]*)/i.exec(rrule)?.[1] ?? rrule;
  const parts = new Map(
    rule.split(";").map((part): [string, string] => {
      const [name = "", value = ""] = part.trim().split("=");
      return [name.toUpperCase(), value.toUpperCase()];
    }),
  );
  const unit = units[parts.get("FREQ") ?? ""];
  const onDays = list(parts.get("BYDAY")).map((day) => days[day]);
  const unusual = [...parts.keys()].some((name) => !said.has(name)) || onDays.includes(undefined);
  if (unit === undefined || unusual || rrule.trim().includes("\n")) return `by the rule ${rrule.trim()}`;
  const interval = Number(parts.get("INTERVAL") ?? 1);
  const words = [interval === 1 ? `every ${unit}` : `every ${interval} ${unit}s`];
  if (onDays.length > 0) words.push(`on ${onDays.join(", ")}`);
  const hours = list(parts.get("BYHOUR"));
  const minutes = list(parts.get("BYMINUTE"));
  const two = (number: string) => number.padStart(2, "0");
  if (hours.length > 0) {
    const times = hours.flatMap((hour) =>
      (minutes.length > 0 ? minutes : [null]).map((minute) =>
        minute === null ? `${two(hour)} o'clock` : `${two(hour)}:${two(minute)}`,
      ),
    );
    words.push(`at ${times.join(", ")}`);
  } else if (minutes.length > 0) words.push(`at minute ${minutes.join(", ")}`);
  const count = parts.get("COUNT");
  return words.join(" ") + (count === undefined ? "" : `, ${count} times`);
}

function list(text: string | undefined): string[] {
  return text === undefined || text === "" ? [] : text.split(",");
}
