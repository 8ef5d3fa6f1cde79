import sql from "sql-template-tag";
import { InvalidInputError } from "../../core/error.ts";
import type { NewEvent } from "../../core/event/new-event.ts";
import type { UntimedEvent } from "../../core/event/untimed-event.ts";
import { isId } from "../../core/id.ts";
import {
  consumedAnswerEvent,
  consumedMessageEvent,
  rejectedAnswerEvent,
  rejectedMessageEvent,
  type ToldMessage,
  type ToldQuestion,
} from "../../core/run-input/input-event.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { type Run, toldRun } from "../flow-run/run.ts";
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
 *
 * @returns the events of it, which the caller appends at the end of its transaction; none where only positions are given
 */
export async function writeReport(
  db: Executor,
  ctx: Context,
  run: Run,
  args: Omit<ReportArgs, "flowRunId">,
): Promise<NewEvent[]> {
  const marked = [
    ...(await mark(db, run, args, "INVALID", args.invalid ?? [])),
    ...(await mark(db, run, args, "DELIVERED", args.delivered ?? [])),
  ];
  for (const position of args.positions ?? []) await keepPosition(db, { ...position, flowRunId: run.id });
  return marked.map((input) => ({ ...tell(ctx, run, input), occurred: input.at, follows: null }));
}

interface Marked extends ToldMessage {
  seq: number;
  status: "DELIVERED" | "INVALID";
  sender: string | null;
  /** Where it is an answer: what was asked. */
  question: ToldQuestion | null;
  at: Date;
}

async function mark(
  db: Executor,
  run: Run,
  { execution = null, consumer = null }: Omit<ReportArgs, "flowRunId">,
  status: "DELIVERED" | "INVALID",
  ids: readonly string[],
): Promise<Marked[]> {
  const named = ids.filter(isId);
  if (named.length === 0 || (execution === null && consumer === null)) return [];
  const whose = execution === null ? sql`claimed_by = ${consumer}::uuid` : sql`true`;
  const from = status === "DELIVERED" ? sql`status <> 'DELIVERED'` : sql`status = 'PENDING'`;
  // Who claimed it stays: its call may come a second time.
  const marked = await db.query<Marked>(sql`
    UPDATE run_input i SET status = ${status}, consumed_at = COALESCE(consumed_at, now()), consumed_by = ${execution},
      claimed_until = NULL
    WHERE flow_run_id = ${run.id}::uuid AND id = ANY(${named}::uuid[]) AND seq IS NOT NULL AND ${whose} AND ${from}
    RETURNING ${markedColumns}`);
  return marked.sort((a, b) => a.seq - b.seq);
}

/** What the events of an input show of it, of the row `i`, and the moment. */
const markedColumns = sql`i.id, i.seq, i.key, i.input_type, i.key_prefix, i.sender, i.status, clock_timestamp() AS at,
  CASE WHEN i.kind = 'RESPONSE' THEN (SELECT json_build_object('id', p.id, 'key', p.key, 'inputType', p.input_type) FROM pause p
    WHERE p.flow_run_id = i.flow_run_id AND p.answer_id = i.id) END AS question`;

function tell(ctx: Context, run: Run, { status, question, sender, ...message }: Marked): UntimedEvent {
  const told = toldRun(run);
  const id = ctx.newId();
  if (question !== null) {
    return status === "DELIVERED"
      ? consumedAnswerEvent(id, told, question)
      : rejectedAnswerEvent(id, told, question);
  }
  return status === "DELIVERED"
    ? consumedMessageEvent(id, told, message, sender)
    : rejectedMessageEvent(id, told, message, sender, "refused");
}
