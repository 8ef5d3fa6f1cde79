import sql from "sql-template-tag";
import { InvalidInputError, NotFoundError } from "../../core/error.ts";
import { textProblem } from "../../core/json.ts";
import type { Context } from "../context.ts";
import { requireCurrent } from "../flow-run/execution.ts";
import { findRun } from "../flow-run/run.ts";
import { seqOfCursor } from "../graphql/seq-page.ts";
import { schemaIssues } from "../json-schema/checks.ts";
import type { LiveSource } from "../live/source.ts";
import { openPresence } from "../presence/presence.ts";
import { type Channel, channelName, checkChannel } from "./channel.ts";
import { findInputs } from "./find-inputs.ts";
import { knownAfter } from "./known-inputs.ts";
import { checkReceiverName, keepPosition, receivePosition } from "./receive-position.ts";
import type { RunInputRow } from "./row.ts";

export interface ReceiveInputsArgs {
  flowRunId: string;
  execution: number;
  channel: Channel;
  /** JSON Schema of one message; what `sendInput` is checked against from now on. */
  schema?: unknown;
  schemaDigest?: string | null | undefined;
  /** Cursor: only what comes behind it. */
  after?: string | null | undefined;
  /** The receiver's name; where no cursor is given it begins behind the position that is kept under it. */
  name?: string | null | undefined;
  /**
   * Whole seconds, 1 or more, that messages are kept once the run's code took or refused them; null: as long as the run.
   * Left out, what an earlier receiver of the channel said stays.
   */
  retention?: number | null | undefined;
}

/**
 * What a receiver of a run's own code gets: the channel's messages, oldest first, then live. While it is open the channel
 * is listening; its schema stays known afterwards.
 *
 * @throws NotFoundError
 * @throws StaleExecutionError
 * @throws InvalidInputError
 */
export async function receiveInputs(ctx: Context, args: ReceiveInputsArgs): Promise<LiveSource<RunInputRow>> {
  checkChannel(args.channel, ["channel"]);
  if (args.name != null) checkReceiverName(args.name, ["name"]);
  const problem = textProblem(args.schemaDigest ?? "");
  if (problem !== null) throw InvalidInputError.at(["schemaDigest"], problem);
  if (args.retention != null && !(Number.isInteger(args.retention) && args.retention >= 1)) {
    throw InvalidInputError.at(
      ["retention"],
      `${args.retention} is no whole number of seconds, 1 or more; null keeps messages as long as the run`,
    );
  }
  const run = await findRun(ctx.db, args.flowRunId);
  if (run === null) throw new NotFoundError("flow run", args.flowRunId);
  requireCurrent(run, args.execution);
  const name = channelName(args.channel);
  let close: (() => Promise<void>) | undefined;
  return {
    topic: `inputs:${run.id}`,
    kind: "log",
    shared: false,
    async open() {
      await declareChannel(ctx, run.id, name, args);
      const { channel } = args;
      if (args.name != null)
        await keepPosition(ctx.db, { flowRunId: run.id, channel, name: args.name, seq: 0 });
      close = await openPresence(ctx, { flowRunId: run.id, execution: args.execution, channel: name });
      const named =
        args.name == null
          ? null
          : await receivePosition(ctx, { ...args, flowRunId: run.id, name: args.name });
      const position = args.after == null ? (named ?? 0) : seqOfCursor(args.after);
      return { first: [], position };
    },
    async readAfter(after, limit) {
      const mine = (row: RunInputRow) => channelName({ ...row, inputType: row.inputType ?? "" }) === name;
      const known = knownAfter(ctx, run.id, after, mine);
      if (known !== null) return known.map((row) => ({ position: row.seq ?? 0, row }));
      const { inputType, keyPrefix } = args.channel;
      const which = keyPrefix == null ? { inputType, keyPrefix: null } : { keyPrefix };
      const rows = await findInputs(ctx.db, run.id, { ...which, kind: "MESSAGE", after, limit });
      return rows.map((row) => ({ position: row.seq ?? 0, row }));
    },
    async close() {
      await close?.();
    },
  };
}

/** Makes the channel known, with the schema of this receiver: the one that opened last. Its retention is the last that was said. */
async function declareChannel(
  ctx: Context,
  flowRunId: string,
  name: string,
  args: ReceiveInputsArgs,
): Promise<void> {
  const issues = args.schema == null ? [] : schemaIssues(args.schema, ["schema"], ctx.settings.maxValueBytes);
  if (issues.length > 0) throw new InvalidInputError(issues);
  const schema = args.schema == null ? null : JSON.stringify(args.schema);
  await ctx.db.query(sql`
    INSERT INTO input_channel (flow_run_id, name, input_type, key_prefix, schema, schema_digest, retention, opened_at)
    VALUES (${flowRunId}::uuid, ${name}, ${args.channel.inputType}, ${args.channel.keyPrefix ?? null}, ${schema}::json,
      ${schema === null ? null : (args.schemaDigest ?? schema)}, ${args.retention ?? null}::int, clock_timestamp())
    ON CONFLICT (flow_run_id, name) DO UPDATE SET input_type = excluded.input_type, schema = excluded.schema,
      schema_digest = excluded.schema_digest,
      retention = CASE WHEN ${args.retention !== undefined} THEN excluded.retention ELSE input_channel.retention END, opened_at = excluded.opened_at`);
}
