import sql from "sql-template-tag";
import { InvalidInputError, NotFoundError } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import { requireCurrentExecution } from "../flow-run/execution.ts";
import { findRun } from "../flow-run/run.ts";
import { type Channel, channelName, checkChannel } from "./channel.ts";

export interface ReportArgs {
  flowRunId: string;
  /** Null: from outside the run's own code; then only `positions` are taken. */
  execution?: number | null | undefined;
  delivered?: readonly string[] | null | undefined;
  invalid?: readonly string[] | null | undefined;
  positions?: readonly { channel: Channel; name: string; seq: number }[] | null | undefined;
}

const longestName = 255;

/**
 * What a run's code has been handed, what it refused, and how far its named receivers are. An input that one receiver
 * took and another one refused is DELIVERED; a position never goes back.
 *
 * @throws NotFoundError
 * @throws StaleExecutionError
 */
export async function reportInputs(ctx: Context, args: ReportArgs): Promise<void> {
  if (args.execution == null) {
    if ((await findRun(ctx.db, args.flowRunId)) === null) throw new NotFoundError("flow run", args.flowRunId);
  } else {
    await requireCurrentExecution(ctx, { flowRunId: args.flowRunId, execution: args.execution });
    await mark(ctx, args.flowRunId, args.execution, "INVALID", args.invalid ?? []);
    await mark(ctx, args.flowRunId, args.execution, "DELIVERED", args.delivered ?? []);
  }
  for (const { channel, name, seq } of args.positions ?? []) {
    checkChannel(channel, ["positions", "channel"]);
    if (name === "" || name.length > longestName || name.includes("\0")) {
      throw InvalidInputError.at(
        ["positions", "name"],
        `${JSON.stringify(name.slice(0, 100))} is no name of 1 to ${longestName} characters`,
      );
    }
    await ctx.db.query(sql`
      INSERT INTO receive_cursor (flow_run_id, channel, name, seq)
      VALUES (${args.flowRunId}::uuid, ${channelName(channel)}, ${name}, ${seq})
      ON CONFLICT (flow_run_id, channel, name) DO UPDATE SET seq = GREATEST(receive_cursor.seq, excluded.seq), updated_at = now()`);
  }
}

async function mark(
  ctx: Context,
  flowRunId: string,
  execution: number,
  status: "DELIVERED" | "INVALID",
  ids: readonly string[],
): Promise<void> {
  const named = ids.filter(isId);
  if (named.length === 0) return;
  const from = status === "DELIVERED" ? sql`status <> 'DELIVERED'` : sql`status = 'PENDING'`;
  await ctx.db.query(sql`
    UPDATE run_input SET status = ${status}, consumed_at = COALESCE(consumed_at, now()), consumed_by = ${execution},
      claimed_by = NULL, claimed_until = NULL
    WHERE flow_run_id = ${flowRunId}::uuid AND id = ANY(${named}::uuid[]) AND seq IS NOT NULL AND ${from}`);
}
