import { NotFoundError } from "../../core/error.ts";
import type { Context } from "../context.ts";
import { requireCurrentExecution } from "../flow-run/execution.ts";
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
  if (execution != null) await requireCurrentExecution(ctx, { flowRunId, execution });
  else if ((await findRun(ctx.db, flowRunId)) === null) throw new NotFoundError("flow run", flowRunId);
  await writeReport(ctx.db, args);
}
