import sql from "sql-template-tag";
import { InvalidInputError, NotFoundError } from "../../core/error.ts";
import type { NewEvent } from "../../core/event/new-event.ts";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { requireCurrent } from "../flow-run/execution.ts";
import { type Run, runColumns } from "../flow-run/run.ts";
import { leaseSeconds } from "../flow-run/write-transition.ts";
import { checkReport, type ReportArgs, writeReport } from "./write-report.ts";

/** With a `consumer`, everything delivered must be claimed by it. */
export type FinishedInputs = Omit<ReportArgs, "invalid">;

/** @throws InvalidInputError where it does not say what is finished with; `path` is where it was given */
export function checkFinished(finished: FinishedInputs, path: string[]): void {
  checkReport(finished, path);
  const { delivered, execution, consumer } = finished;
  if (delivered?.length && execution == null && consumer == null) {
    const message =
      "inputs are delivered to an execution of the run's own code, or to a consumer that claimed them: say which";
    throw InvalidInputError.at([...path, "execution"], message);
  }
}

/**
 * Finishes with inputs as part of the caller's transaction. The run cannot be taken over, nor an input be claimed by
 * another receiver, before that one commits.
 *
 * @returns the events of it, which the caller appends at the end of that transaction
 * @throws NotFoundError
 * @throws StaleExecutionError
 * @throws InvalidInputError where `consumer` has lost one of them
 */
export async function finishInputs(
  tx: Executor,
  ctx: Context,
  finished: FinishedInputs,
  path: string[],
): Promise<NewEvent[]> {
  const { flowRunId, execution } = finished;
  const [run] = isId(flowRunId)
    ? await tx.query<Run>(sql`SELECT ${runColumns} FROM flow_run r WHERE r.id = ${flowRunId}::uuid FOR SHARE`)
    : [];
  if (run === undefined) throw new NotFoundError("flow run", flowRunId);
  if (execution != null) requireCurrent(run, execution);
  if (finished.consumer != null) await requireClaims(tx, finished, finished.consumer, path);
  return writeReport(tx, ctx, run, finished);
}

async function requireClaims(
  tx: Executor,
  { flowRunId, delivered }: FinishedInputs,
  consumer: string,
  path: string[],
): Promise<void> {
  const ids = delivered ?? [];
  const held = await tx.query<{ id: string }>(sql`
    SELECT id FROM run_input WHERE flow_run_id = ${flowRunId}::uuid AND id = ANY(${ids.filter(isId)}::uuid[])
      AND claimed_by = ${consumer}::uuid FOR UPDATE`);
  const known = new Set(held.map(({ id }) => id));
  const issues = ids.flatMap((id, index) => {
    const message =
      `input ${JSON.stringify(id)} is not consumer ${consumer}'s any more: a claim that is not renewed for ` +
      `${leaseSeconds} s is lost, and the input comes again to whoever receives next`;
    return known.has(id.toLowerCase()) ? [] : [{ path: [...path, "delivered", String(index)], message }];
  });
  if (issues.length > 0) throw new InvalidInputError(issues);
}
