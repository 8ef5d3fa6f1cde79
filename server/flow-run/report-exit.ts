import { cutText } from "../../core/event/fit.ts";
import type { Context } from "../context.ts";
import { loseExecution } from "./lose-execution.ts";
import { findRun } from "./run.ts";

export type ExitReason = "EXIT" | "SHUTDOWN" | "CANCEL";

/**
 * A runner saw the process of an execution exit. Where the run has gone on or ended meanwhile nothing changes.
 *
 * @returns the run's id; null for an unknown run
 */
export async function reportExit(
  ctx: Context,
  args: {
    flowRunId: string;
    execution: number;
    exitCode?: number | null | undefined;
    signal?: string | null | undefined;
    reason: ExitReason;
    message?: string | null | undefined;
  },
): Promise<string | null> {
  if ((await findRun(ctx.db, args.flowRunId)) === null) return null;
  const how = args.signal ? `was ended by ${args.signal}` : `exited with code ${args.exitCode ?? "unknown"}`;
  const { flowRunId, execution } = args;
  const shutdown = args.reason === "SHUTDOWN";
  const reasons = {
    SHUTDOWN: "The runner was stopped",
    CANCEL: "Its process was stopped",
    EXIT: args.message ? cutText(args.message) : `The process ${how} before the run had ended`,
  };
  const reason = reasons[args.reason];
  // Another process would not do better.
  const broken = args.reason === "EXIT" && (Boolean(args.message) || (args.exitCode ?? 0) !== 0);
  await loseExecution(ctx, { flowRunId, execution, reason, shutdown, broken });
  return flowRunId;
}
