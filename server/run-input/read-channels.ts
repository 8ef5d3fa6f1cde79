import sql, { join } from "sql-template-tag";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { batched } from "../graphql/batch.ts";
import { channelNameSql } from "./channel.ts";

/** What a run receives, or what waits for it: messages of one type, or of one prefix. */
export interface Channel {
  inputType: string;
  keyPrefix: string | null;
  /** JSON Schema of one message; null before any receiver made it known. */
  schema: unknown;
  /** Seconds that its finished messages are kept; null: as long as the run. */
  retention: number | null;
  /** Whether the run's code receives from it now. */
  listening: boolean;
  /** Messages stored and not yet handed to the run's code. */
  pending: number;
}

/** The channels of a run, those that only senders know too, in the order of their names. */
export const channelsOf = batched(async (ctx: Context, flowRunIds: string[]) => {
  const rows = await readChannels(ctx.db, flowRunIds);
  return flowRunIds.map((id): Channel[] => rows.filter((row) => row.flowRunId === id));
});

function readChannels(db: Executor, flowRunIds: string[]): Promise<(Channel & { flowRunId: string })[]> {
  return db.query(sql`
    WITH run AS (SELECT DISTINCT unnest(${flowRunIds}::uuid[]) AS id),
    waiting AS (
      SELECT flow_run_id, ${channelNameSql} AS name, key_prefix,
        (array_agg(input_type ORDER BY seq DESC))[1] AS input_type,
        count(*) FILTER (WHERE status = 'PENDING') AS pending
      FROM run_input JOIN run ON run.id = flow_run_id
      WHERE kind = 'MESSAGE'
      GROUP BY 1, 2, 3
    ),
    known AS (SELECT c.* FROM input_channel c JOIN run ON run.id = c.flow_run_id),
    channel AS (
      SELECT flow_run_id, name, coalesce(k.input_type, w.input_type, '') AS input_type,
        coalesce(k.key_prefix, w.key_prefix) AS key_prefix, k.schema, k.retention, coalesce(w.pending, 0)::int AS pending
      FROM known k FULL JOIN waiting w USING (flow_run_id, name)
    )
    SELECT c.flow_run_id, c.input_type, c.key_prefix, c.schema, c.retention, c.pending,
      EXISTS (SELECT FROM presence p WHERE p.flow_run_id = c.flow_run_id AND p.channel = c.name) AS listening
    FROM channel c ORDER BY c.flow_run_id, c.name`);
}

/** A stored input, as far as its channel goes. A verb that knows the answers already puts them on the row. */
interface ChannelInput {
  flowRunId: string;
  kind: string;
  inputType: string | null;
  keyPrefix: string | null;
  schemaDigest: string | null;
  listening?: boolean;
  schemaDrift?: boolean;
}

/** Whether the run's code receives from the input's channel now; never from that of an answer. */
export function isListening(ctx: Context, input: ChannelInput): boolean | Promise<boolean> {
  if (input.kind !== "MESSAGE") return false;
  return input.listening ?? receiverOf(ctx, input).then((receiver) => receiver.listening);
}

/** Whether the input's sender has another schema of its type than the run's code. */
export function drifts(ctx: Context, input: ChannelInput): boolean | Promise<boolean> {
  const { schemaDigest } = input;
  if (input.kind !== "MESSAGE" || schemaDigest === null) return false;
  if (input.schemaDrift !== undefined) return input.schemaDrift;
  return receiverOf(ctx, input).then(
    (receiver) => receiver.schemaDigest !== null && receiver.schemaDigest !== schemaDigest,
  );
}

const receiverOf = batched(async (ctx: Context, inputs: ChannelInput[]) => {
  const wanted = inputs.map((input) => sql`(${input.flowRunId}::uuid, ${channelName(input)})`);
  const receivers = await ctx.db.query<{
    flowRunId: string;
    name: string;
    schemaDigest: string | null;
    listening: boolean;
  }>(sql`
    SELECT DISTINCT w.flow_run_id, w.name, c.schema_digest,
      EXISTS (SELECT FROM presence p WHERE p.flow_run_id = w.flow_run_id AND p.channel = w.name) AS listening
    FROM (VALUES ${join(wanted)}) AS w (flow_run_id, name) LEFT JOIN input_channel c USING (flow_run_id, name)`);
  return inputs.map((input) => {
    const name = channelName(input);
    const found = receivers.find((each) => each.flowRunId === input.flowRunId && each.name === name);
    return { listening: found?.listening ?? false, schemaDigest: found?.schemaDigest ?? null };
  });
});

function channelName(input: ChannelInput): string {
  return input.keyPrefix === null ? `type:${input.inputType}` : `prefix:${input.keyPrefix}`;
}
