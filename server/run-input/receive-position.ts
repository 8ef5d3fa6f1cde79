import sql from "sql-template-tag";
import { InvalidInputError } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import { textProblem } from "../../core/json.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { type Channel, channelName } from "./channel.ts";

const longestName = 255;

/** @throws InvalidInputError where no receiver can be named so */
export function checkReceiverName(name: string, path: string[]): void {
  if (name !== "" && name.length <= longestName && textProblem(name) === null) return;
  throw InvalidInputError.at(
    path,
    `${JSON.stringify(name.slice(0, 100))} is no name of 1 to ${longestName} characters`,
  );
}

/**
 * Keeps how far a named receiver is; never back. At 0 it has finished with nothing: that it is there keeps what it has
 * not finished with.
 */
export async function keepPosition(
  db: Executor,
  at: { flowRunId: string; channel: Channel; name: string; seq: number },
): Promise<void> {
  await db.query(sql`
    INSERT INTO receive_cursor (flow_run_id, channel, name, seq)
    VALUES (${at.flowRunId}::uuid, ${channelName(at.channel)}, ${at.name}, ${at.seq})
    ON CONFLICT (flow_run_id, channel, name) DO UPDATE SET seq = GREATEST(receive_cursor.seq, excluded.seq), updated_at = now()`);
}

/** How far a named receiver of a run's channel is: the place of the last input that it has finished with; null at first. */
export async function receivePosition(
  ctx: Context,
  args: { flowRunId: string; channel: Channel; name: string },
): Promise<number | null> {
  const { inputType, keyPrefix } = args.channel;
  // Postgres has no text with NUL: nothing is named so.
  if (!isId(args.flowRunId) || `${inputType}${keyPrefix}${args.name}`.includes("\0")) return null;
  const [found] = await ctx.db.query<{ seq: number }>(sql`
    SELECT seq FROM receive_cursor WHERE flow_run_id = ${args.flowRunId}::uuid AND channel = ${channelName(args.channel)}
      AND name = ${args.name} AND seq > 0`);
  return found?.seq ?? null;
}
