import { InvalidInputError } from "../../core/error.ts";
import { parseSchedule, parseSchedules } from "../../core/schedule/parse.ts";
import { type ScheduleFields, scheduleInput } from "../../core/schedule/schedule-input.ts";

/** When runs of a deployment begin by themselves: give exactly one of `cron`, `interval` and `rrule`. */
export interface ScheduleDefinition {
  /** Five parts, such as `0 9 * * MON-FRI`, or a name such as `@daily`. */
  cron?: string;
  /** Seconds, from 1. From a day on, the time of day stays when the clock changes. */
  interval?: number;
  /** A recurrence rule of RFC 5545, such as `FREQ=WEEKLY;BYDAY=MO;BYHOUR=9`. */
  rrule?: string;
  /** From when on an interval counts, or a rule that has no DTSTART; a new interval counts from now where it is left out. */
  anchor?: Date;
  /** Such as `Europe/Berlin`; `UTC` by default. */
  timezone?: string;
  /** Whether it makes runs. Where it is left out, what somebody has said in the meantime survives serving again. */
  active?: boolean;
  /** Laid over the deployment's. */
  parameters?: object;
  /** The most of its runs that may be late at once: the oldest beyond them are cancelled. No limit by default. */
  maxLateRuns?: number;
  /** False: a run that nobody has taken 15 s after its time is cancelled. True by default. */
  catchUp?: boolean;
}

/** The ways to give schedules; one of them at most. */
export interface ScheduleOptions {
  /**
   * When its runs begin by themselves. The list is the whole truth: serving again changes what has changed, keeps what has not,
   * and removes what is gone.
   */
  schedules?: ScheduleDefinition[];
  /** The same as one schedule with this cron expression, in UTC. */
  cron?: string;
  /** The same as one schedule of so many seconds. */
  interval?: number;
  /** The same as one schedule with this recurrence rule. */
  rrule?: string;
}

/**
 * Schedules as the API takes them. What only the server can tell, such as whether a cron expression is one, it says when they are
 * registered.
 *
 * @param where begins the message of what is wrong
 */
export function schedulesInput(where: string, options: ScheduleOptions): ScheduleFields[] {
  const { schedules, cron, interval, rrule } = options;
  const single = { cron, interval, rrule };
  const given = Object.entries({ schedules, ...single }).filter(([, value]) => value !== undefined);
  if (given.length > 1) {
    const names = given.map(([name]) => name).join(" and ");
    throw new TypeError(
      `${where}: ${names} are given; give one of them, or several schedules in \`schedules\``,
    );
  }
  if (given.length === 0) return [];
  try {
    return schedules === undefined
      ? [scheduleInput(parseSchedule(single, { dialect: "code", path: [] }))]
      : parseSchedules(schedules, { dialect: "code" }).map(scheduleInput);
  } catch (error) {
    if (error instanceof InvalidInputError) throw new TypeError(`${where}: ${error.message}`);
    throw error;
  }
}
