import sql, { empty, type Sql } from "sql-template-tag";
import { InvalidInputError, NotFoundError } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import { rejectedMessageEvent, type ToldMessage } from "../../core/run-input/input-event.ts";
import type { Context } from "../context.ts";
import { appendEvents } from "../event/append-events.ts";
import { requireCurrent } from "../flow-run/execution.ts";
import { findRun, type Run, toldRun } from "../flow-run/run.ts";
import { leaseSeconds } from "../flow-run/write-transition.ts";
import { type Channel, checkChannel } from "./channel.ts";
import type { RunInputRow } from "./row.ts";

/** An input that was lost so often by its receivers is no longer given out. */
const mostClaims = 5;
const mostAtOnce = 100;

/**
 * Gives an exclusive receiver the next messages of its channel that nobody has: each is its own for 30 s, and is given out
 * again where it was neither finished with nor renewed. One that was lost five times becomes INVALID.
 *
 * @throws NotFoundError
 * @throws StaleExecutionError
 * @throws InvalidInputError
 */
export async function claimInputs(
  ctx: Context,
  args: {
    flowRunId: string;
    execution?: number | null | undefined;
    channel: Channel;
    consumer: string;
    limit: number;
    /** Keys of messages that are left to others. */
    excludeKeys?: readonly string[] | null | undefined;
  },
): Promise<RunInputRow[]> {
  checkChannel(args.channel, ["channel"]);
  if (!isId(args.consumer))
    throw InvalidInputError.at(["consumer"], `${JSON.stringify(args.consumer)} is no UUID`);
  const run = await findRun(ctx.db, args.flowRunId);
  if (run === null) throw new NotFoundError("flow run", args.flowRunId);
  if (args.execution != null) requireCurrent(run, args.execution);
  const { inputType, keyPrefix } = args.channel;
  const inChannel =
    keyPrefix == null
      ? sql`key_prefix IS NULL AND input_type = ${inputType}`
      : sql`key_prefix = ${keyPrefix}`;
  const open = sql`flow_run_id = ${run.id}::uuid AND kind = 'MESSAGE' AND status = 'PENDING' AND ${inChannel}
    AND (claimed_until IS NULL OR claimed_until < clock_timestamp())`;
  await giveUp(ctx, run, open);
  // No key holds NUL, which Postgres does not take.
  const excluded = args.excludeKeys?.filter((key) => !key.includes("\0")) ?? [];
  const others = excluded.length > 0 ? sql`AND NOT key = ANY(${excluded}::text[])` : empty;
  const claimed = await ctx.db.query<RunInputRow>(sql`
    UPDATE run_input SET claimed_by = ${args.consumer}::uuid, claims = claims + 1,
      claimed_until = clock_timestamp() + ${leaseSeconds} * interval '1 second'
    WHERE id IN (SELECT id FROM run_input WHERE ${open} ${others} AND claims < ${mostClaims} ORDER BY seq
      LIMIT ${Math.min(Math.max(0, args.limit), mostAtOnce)} FOR UPDATE SKIP LOCKED)
    RETURNING *`);
  return claimed.sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
}

/** What was lost too often becomes INVALID. */
async function giveUp(ctx: Context, run: Run, open: Sql): Promise<void> {
  const lost = sql`${open} AND claims >= ${mostClaims}`;
  if ((await ctx.db.query(sql`SELECT FROM run_input WHERE ${lost} LIMIT 1`)).length === 0) return;
  await ctx.db.transaction(async (tx) => {
    const given = await tx.query<ToldMessage & { sender: string | null; at: Date }>(sql`
      UPDATE run_input SET status = 'INVALID', consumed_at = now() WHERE ${lost}
      RETURNING id, key, input_type, key_prefix, sender, clock_timestamp() AS at`);
    const events = given.map(({ sender, at, ...message }) => ({
      ...rejectedMessageEvent(ctx.newId(), toldRun(run), message, sender, "lost"),
      occurred: at,
      follows: null,
    }));
    if (events.length > 0) tx.last(appendEvents(events));
  });
  ctx.bus.notify("events");
}
