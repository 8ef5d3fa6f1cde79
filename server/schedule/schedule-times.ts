import { endOfTime, nextTimes } from "../../core/schedule/next-times.ts";
import type { Context } from "../context.ts";
import { checkSchedule } from "./check-schedules.ts";
import { storedAs, timesOf } from "./row.ts";

/** When a schedule would come next. @throws InvalidInputError */
export async function scheduleTimes(
  ctx: Context,
  { schedule, first }: { schedule: unknown; first: number },
): Promise<Date[]> {
  const definition = await checkSchedule(ctx, schedule, { path: ["schedule"], deployment: null });
  const now = ctx.now();
  const times = timesOf(storedAs(definition, null, now));
  return nextTimes(times, now.getTime(), endOfTime, first).map((time) => new Date(time));
}
