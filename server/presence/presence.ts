import sql from "sql-template-tag";
import type { Context } from "../context.ts";

/** An open subscription of a run's own code: of its execution, or, where a channel is named, of a receiver. */
export interface Presence {
  flowRunId: string;
  execution: number;
  /** As `channelName` gives it. */
  channel: string | null;
}

/**
 * Says that a run's code is there, until the answer is called. Should this server go without saying so, its other
 * servers, or its next start, say it.
 */
export async function openPresence(ctx: Context, presence: Presence): Promise<() => Promise<void>> {
  const id = ctx.newId();
  // A server that was taken for gone, or has not said yet that it is there, is there.
  await ctx.db.query(sql`
    WITH server AS (INSERT INTO server (id) VALUES (${ctx.serverId}::uuid) ON CONFLICT DO NOTHING)
    INSERT INTO presence (id, server_id, flow_run_id, execution, channel)
    VALUES (${id}::uuid, ${ctx.serverId}::uuid, ${presence.flowRunId}::uuid, ${presence.execution}, ${presence.channel})`);
  ctx.bus.notify(`run:${presence.flowRunId}`);
  return async () => {
    await ctx.db.query(sql`DELETE FROM presence WHERE id = ${id}::uuid`);
    ctx.bus.notify(`run:${presence.flowRunId}`);
  };
}
