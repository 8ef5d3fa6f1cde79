import { isJsonObject, type JsonObject } from "../../../../../core/json.ts";
import { instantOf, timeZoneName, wallTime } from "../../../../../core/schedule/wall-time.ts";
import type { ScheduleInput, SchedulePartsFragment } from "../../../../gql/graphql.ts";
import { jsonOf } from "../../../../lib/json-of.ts";

export const kinds = { cron: "Cron", interval: "Interval", rrule: "Rule" } as const;
export const units = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;

/** A schedule as its form has it: what is typed is text. What another kind was given stays, for who comes back to it. */
export interface Draft {
  kind: keyof typeof kinds;
  cron: string;
  every: string;
  unit: keyof typeof units;
  rrule: string;
  /** What a clock in the time zone shows, such as "2026-01-31T09:00:00"; empty for none. */
  anchor: string;
  timezone: string;
  /** JSON; empty for none. */
  parameters: string;
  maxLateRuns: string;
  catchUp: boolean;
}

/** @param timezone that of a new one */
export function draftOf(schedule: SchedulePartsFragment | null, timezone: string): Draft {
  const empty: Draft = {
    kind: "cron",
    cron: "0 9 * * MON-FRI",
    every: "1",
    unit: "hours",
    rrule: "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0;BYSECOND=0",
    anchor: "",
    timezone,
    parameters: "",
    maxLateRuns: "",
    catchUp: true,
  };
  if (schedule === null) return empty;
  const { cron, interval, rrule, anchor, maxLateRuns, catchUp } = schedule;
  const parameters = jsonOf(schedule.parameters);
  return {
    ...empty,
    kind: interval != null ? "interval" : rrule != null ? "rrule" : "cron",
    ...(cron == null ? {} : { cron }),
    ...(rrule == null ? {} : { rrule }),
    ...(interval == null ? {} : everyOf(interval)),
    anchor: anchor == null ? "" : shownAnchor(anchor, schedule.timezone),
    timezone: schedule.timezone,
    parameters:
      isJsonObject(parameters) && Object.keys(parameters).length > 0
        ? JSON.stringify(parameters, null, 2)
        : "",
    maxLateRuns: maxLateRuns == null ? "" : String(maxLateRuns),
    catchUp,
  };
}

/** A schedule as the API takes it, which says what is wrong with it; or what only the form can say. */
export function inputOf(draft: Draft): { input: ScheduleInput } | { field: keyof Draft; problem: string } {
  const timezone = draft.timezone.trim();
  const parameters = parametersOf(draft.parameters);
  if (parameters === null) return { field: "parameters", problem: "This is no JSON object." };
  return {
    input: {
      ...(draft.kind === "cron" ? { cron: draft.cron } : {}),
      ...(draft.kind === "interval" ? { interval: numberOf(draft.every) * units[draft.unit] } : {}),
      ...(draft.kind === "rrule" ? { rrule: draft.rrule } : {}),
      ...(draft.kind === "cron" || draft.anchor === ""
        ? {}
        : { anchor: givenAnchor(draft.anchor, timezone) }),
      timezone,
      parameters,
      ...(draft.maxLateRuns.trim() === "" ? {} : { maxLateRuns: numberOf(draft.maxLateRuns) }),
      catchUp: draft.catchUp,
    },
  };
}

function everyOf(seconds: number): Pick<Draft, "every" | "unit"> {
  for (const unit of ["days", "hours", "minutes"] as const)
    if (seconds % units[unit] === 0) return { every: String(seconds / units[unit]), unit };
  return { every: String(seconds), unit: "seconds" };
}

/** What is no number is refused by the API as too small. */
function numberOf(text: string): number {
  const number = Number(text);
  return text.trim() === "" || !Number.isFinite(number) ? 0 : number;
}

function parametersOf(text: string): JsonObject | null {
  if (text.trim() === "") return {};
  try {
    const value = jsonOf(JSON.parse(text));
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

function shownAnchor(anchor: string, timezone: string): string {
  return new Date(wallTime(Date.parse(anchor), timezone)).toISOString().slice(0, 19);
}

function givenAnchor(shown: string, timezone: string): string {
  const zone = timeZoneName(timezone) ?? "UTC";
  return new Date(instantOf(Date.parse(`${shown}Z`), zone)).toISOString();
}
