import { NotFoundError } from "../../core/error.ts";
import type { Context } from "../context.ts";
import { appendEvents } from "../event/append-events.ts";
import { findCurrent } from "../flow-run/execution.ts";
import { findRun } from "../flow-run/run.ts";
import { checkReport, type ReportArgs, writeReport } from "./write-report.ts";

/**
 * What a run's code has been handed, what it refused, and how far its named receivers are.
 *
 * @throws NotFoundError
 * @throws StaleExecutionError
 * @throws InvalidInputError
 */
export async function reportInputs(ctx: Context, args: ReportArgs): Promise<void> {
  checkReport(args, []);
  const { flowRunId, execution } = args;
  const run =
    execution == null
      ? await findRun(ctx.db, flowRunId)
      : await findCurrent(ctx.db, { flowRunId, execution });
  if (run === null) throw new NotFoundError("flow run", flowRunId);
  if (!args.delivered?.length && !args.invalid?.length) {
    await writeReport(ctx.db, ctx, run, args);
    return;
  }
  const told = await ctx.db.transaction(async (tx) => {
    const events = await writeReport(tx, ctx, run, args);
    if (events.length > 0) tx.last(appendEvents(events));
    return events.length > 0;
  });
  if (told) ctx.bus.notify("events");
}
