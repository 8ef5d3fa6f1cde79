import { NotFoundError } from "../../core/error.ts";
import type { Context } from "../context.ts";
import { changeSchedule } from "./change-schedule.ts";
import { deleteRunsAhead } from "./runs-ahead.ts";
import { markDeleted } from "./write-schedule.ts";

/**
 * Deletes a schedule with the runs that it has made ahead. One of the deployment's definition is made anew when the deployment is registered
 * the next time.
 *
 * @returns the ids deleted: none where there was none
 */
export async function deleteSchedule(ctx: Context, id: string): Promise<string[]> {
  try {
    await changeSchedule(ctx, id, async (tx, schedule) => {
      const runs = await deleteRunsAhead(tx, [schedule.id]);
      await markDeleted(tx, [schedule.id]);
      return runs;
    });
  } catch (error) {
    if (error instanceof NotFoundError) return [];
    throw error;
  }
  return [id.toLowerCase()];
}
