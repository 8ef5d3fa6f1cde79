import type { SchedulePartsFragment } from "../../gql/graphql.ts";
import { lengthText } from "../text/time.ts";

/** When a schedule starts runs, in a few words. */
export function scheduleText({
  cron,
  interval,
  rrule,
  timezone,
}: Pick<SchedulePartsFragment, "cron" | "interval" | "rrule" | "timezone">): string {
  const zone = timezone === "UTC" ? "" : ` (${timezone})`;
  if (cron !== null) return `cron ${cron}${zone}`;
  if (interval !== null) return `every ${lengthText(interval)}${zone}`;
  return `rrule ${rrule?.replaceAll("\n", " ")}${zone}`;
}
