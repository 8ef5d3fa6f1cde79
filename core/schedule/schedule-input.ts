import type { JsonObject } from "../json.ts";
import type { ScheduleDefinition } from "./schedule.ts";

/** A schedule's fields beside one another, as the API has them. */
export interface ScheduleFields {
  cron: string | null;
  interval: number | null;
  rrule: string | null;
  anchor: string | null;
  timezone: string;
  active: boolean | null;
  parameters: JsonObject;
  maxLateRuns: number | null;
  catchUp: boolean;
}

/** A definition as the API takes it. */
export function scheduleInput({ timing, anchor, active, ...rest }: ScheduleDefinition): ScheduleFields {
  return {
    cron: timing.kind === "cron" ? timing.cron : null,
    interval: timing.kind === "interval" ? timing.seconds : null,
    rrule: timing.kind === "rrule" ? timing.rrule : null,
    anchor: anchor === null ? null : new Date(anchor).toISOString(),
    active: active ?? null,
    timezone: rest.timezone,
    parameters: rest.parameters,
    maxLateRuns: rest.maxLateRuns,
    catchUp: rest.catchUp,
  };
}
