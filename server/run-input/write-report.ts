import sql from "sql-template-tag";
import { InvalidInputError } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import type { Executor } from "../db.ts";
import { type Channel, checkChannel } from "./channel.ts";
import { checkReceiverName, keepPosition } from "./receive-position.ts";

export interface ReportArgs {
  flowRunId: string;
  /** Null: from outside the run's own code; then only `positions` are taken, and what `consumer` has claimed. */
  execution?: number | null | undefined;
  /** An exclusive receiver, by which it claims. */
  consumer?: string | null | undefined;
  delivered?: readonly string[] | null | undefined;
  invalid?: readonly string[] | null | undefined;
  positions?: readonly { channel: Channel; name: string; seq: number }[] | null | undefined;
}

/** @throws InvalidInputError where something cannot be named as it is */
export function checkReport({ consumer, positions }: ReportArgs, path: string[]): void {
  if (consumer != null && !isId(consumer)) {
    throw InvalidInputError.at([...path, "consumer"], `${JSON.stringify(consumer)} is no UUID`);
  }
  for (const { channel, name } of positions ?? []) {
    checkChannel(channel, [...path, "positions", "channel"]);
    checkReceiverName(name, [...path, "positions", "name"]);
  }
}

/**
 * Writes down what became of a run's inputs; that the caller still holds the run is the caller's to know. An input that
 * one receiver took and another one refused is DELIVERED; a position never goes back.
 */
export async function writeReport(db: Executor, args: ReportArgs): Promise<void> {
  await mark(db, args, "INVALID", args.invalid ?? []);
  await mark(db, args, "DELIVERED", args.delivered ?? []);
  for (const position of args.positions ?? []) {
    await keepPosition(db, { ...position, flowRunId: args.flowRunId });
  }
}

async function mark(
  db: Executor,
  { flowRunId, execution = null, consumer = null }: ReportArgs,
  status: "DELIVERED" | "INVALID",
  ids: readonly string[],
): Promise<void> {
  const named = ids.filter(isId);
  if (named.length === 0 || (execution === null && consumer === null)) return;
  const whose = execution === null ? sql`claimed_by = ${consumer}::uuid` : sql`true`;
  const from = status === "DELIVERED" ? sql`status <> 'DELIVERED'` : sql`status = 'PENDING'`;
  // Who claimed it stays: its call may come a second time.
  await db.query(sql`
    UPDATE run_input SET status = ${status}, consumed_at = COALESCE(consumed_at, now()), consumed_by = ${execution},
      claimed_until = NULL
    WHERE flow_run_id = ${flowRunId}::uuid AND id = ANY(${named}::uuid[]) AND seq IS NOT NULL AND ${whose} AND ${from}`);
}
