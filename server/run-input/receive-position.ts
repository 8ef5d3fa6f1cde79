import sql from "sql-template-tag";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import { type Channel, channelName } from "./channel.ts";

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
      AND name = ${args.name}`);
  return found?.seq ?? null;
}
