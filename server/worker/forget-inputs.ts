import sql from "sql-template-tag";
import type { Context } from "../context.ts";
import { channelNameSql } from "../run-input/channel.ts";
import { forgetInputs } from "../run-input/known-inputs.ts";
import { removeInputs } from "../run-input/removed-input.ts";

const mostAtOnce = 1_000;

/**
 * Deletes the finished messages of channels whose receiver said how long they are kept. What a named receiver of the channel
 * has not passed is not finished with, and stays.
 */
export async function forgetFinishedInputs(ctx: Context): Promise<number | undefined> {
  const gone = await removeInputs(
    ctx.db,
    sql`SELECT i.id FROM input_channel c
      CROSS JOIN LATERAL (SELECT min(seq) AS seq FROM receive_cursor r
        WHERE r.flow_run_id = c.flow_run_id AND r.channel = c.name) passed
      CROSS JOIN LATERAL (SELECT id FROM run_input
        WHERE flow_run_id = c.flow_run_id AND md5(${channelNameSql}) = md5(c.name) AND kind = 'MESSAGE'
          AND consumed_at < now() - c.retention * interval '1 second' AND status <> 'PENDING'
          AND (passed.seq IS NULL OR run_input.seq <= passed.seq)
        ORDER BY consumed_at LIMIT ${mostAtOnce}) i
      WHERE c.retention IS NOT NULL LIMIT ${mostAtOnce}`,
  );
  for (const flowRunId of new Set(gone.map((input) => input.flowRunId))) forgetInputs(ctx, flowRunId);
  return gone.length === mostAtOnce ? 100 : undefined;
}
