import { jsonEquals } from "../../../core/json.ts";
import type { ScheduleTimesFragment } from "../../gql/graphql.ts";
import { lengthText } from "../text/time.ts";

/** What became of a list, each item by its name, or in words where it has none. */
export interface Changes {
  created: string[];
  updated: string[];
  unchanged: string[];
  removed: string[];
}

/** What became of a deployment's schedules; one that goes on is known by its id. */
export function scheduleChanges(
  before: readonly ScheduleTimesFragment[],
  after: readonly ScheduleTimesFragment[],
): Changes {
  const known = new Map(before.map((one) => [one.id, one]));
  const kept = new Set(after.map(({ id }) => id));
  const among = (isOne: (one: ScheduleTimesFragment) => boolean) => after.filter(isOne).map(scheduleText);
  return {
    created: among(({ id }) => !known.has(id)),
    updated: among((one) => known.has(one.id) && !jsonEquals(known.get(one.id), one)),
    unchanged: among((one) => jsonEquals(known.get(one.id), one)),
    removed: before.filter(({ id }) => !kept.has(id)).map(scheduleText),
  };
}

/** When a schedule starts runs, in a few words. */
export function scheduleText({
  cron,
  interval,
  rrule,
  timezone,
}: Pick<ScheduleTimesFragment, "cron" | "interval" | "rrule" | "timezone">): string {
  const zone = timezone === "UTC" ? "" : ` (${timezone})`;
  if (cron !== null) return `cron ${cron}${zone}`;
  if (interval !== null) return `every ${lengthText(interval)}${zone}`;
  return `rrule ${rrule?.replaceAll("\n", " ")}${zone}`;
}
