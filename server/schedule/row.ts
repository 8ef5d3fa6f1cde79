import sql, { type Sql } from "sql-template-tag";
import type { JsonObject } from "../../core/json.ts";
import type { ScheduleDefinition, ScheduleTimes, Timing } from "../../core/schedule/schedule.ts";

/** A stored schedule. */
export interface ScheduleRow extends Stored {
  id: string;
  deploymentId: string;
  place: number;
  byHand: boolean;
  madeUntil: Date | null;
}

/** The columns of {@link ScheduleRow}, of `s`. */
export const scheduleColumns: Sql = sql`s.id, s.deployment_id, s.place, s.cron, s.interval, s.rrule, s.anchor, s.timezone, s.active,
  s.parameters, s.max_late_runs, s.catch_up, s.by_hand, s.stopped, s.made_until`;

/** What says when it comes. Exactly one of the three is stored. */
export function timesOf(
  row: Pick<ScheduleRow, "cron" | "interval" | "rrule" | "anchor" | "timezone">,
): ScheduleTimes {
  return { timing: timingOf(row), anchor: row.anchor?.getTime() ?? null, timezone: row.timezone };
}

function timingOf({ cron, interval, rrule }: Pick<ScheduleRow, "cron" | "interval" | "rrule">): Timing {
  if (cron !== null) return { kind: "cron", cron };
  if (interval !== null) return { kind: "interval", seconds: interval };
  if (rrule !== null) return { kind: "rrule", rrule };
  throw new Error("a stored schedule has neither cron nor interval nor rrule");
}

/** The columns of a definition that are others than those of the row that it has, if any. */
export interface Stored {
  cron: string | null;
  interval: number | null;
  rrule: string | null;
  anchor: Date | null;
  timezone: string;
  active: boolean;
  parameters: JsonObject;
  maxLateRuns: number | null;
  catchUp: boolean;
  stopped: boolean;
}

/**
 * A definition as it is stored over `before`. What it leaves open stays as it is: whether it is active, and from when on an interval
 * counts, which of a new one is `now`.
 */
export function storedAs(
  { timing, timezone, anchor, active, parameters, maxLateRuns, catchUp }: ScheduleDefinition,
  before: ScheduleRow | null,
  now: Date,
): Stored {
  const counted = before === null || before.interval === null ? now : (before.anchor ?? now);
  return {
    cron: timing.kind === "cron" ? timing.cron : null,
    interval: timing.kind === "interval" ? timing.seconds : null,
    rrule: timing.kind === "rrule" ? timing.rrule : null,
    anchor: anchor !== null ? new Date(anchor) : timing.kind === "interval" ? counted : null,
    timezone,
    active: active ?? before?.active ?? true,
    parameters,
    maxLateRuns,
    catchUp,
    stopped: active === undefined && (before?.stopped ?? false),
  };
}
