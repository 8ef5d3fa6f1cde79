import sql from "sql-template-tag";
import { InvalidInputError, NotFoundError } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import { logsTopic } from "../bus/topic.ts";
import type { Context } from "../context.ts";

export interface LogLine {
  /** 10 debug, 20 info, 30 warn, 40 error. */
  level: number;
  message: string;
  loggerName: string;
  timestamp: Date;
}

const mostLines = 10_000;
const longestMessage = 100_000; // characters

/**
 * Adds lines to a run's log, in their order. A process that has lost its run may still say what it did.
 *
 * @returns how many were stored
 * @throws NotFoundError
 * @throws InvalidInputError for more than 10,000 lines at once
 */
export async function createLogs(
  ctx: Context,
  { flowRunId, lines }: { flowRunId: string; lines: readonly LogLine[] },
): Promise<number> {
  if (lines.length > mostLines) {
    throw InvalidInputError.at(
      ["lines"],
      `${lines.length} lines are too many; send at most ${mostLines} at once`,
    );
  }
  if (!isId(flowRunId)) throw new NotFoundError("flow run", flowRunId);
  const [counted] = await ctx.db.query<{ last: number }>(sql`
    WITH counted AS (
      UPDATE flow_run SET log_seq = log_seq + ${lines.length} WHERE id = ${flowRunId}::uuid RETURNING id, log_seq
    ), stored AS (
      INSERT INTO log (flow_run_id, seq, level, message, logger_name, timestamp)
      SELECT counted.id, counted.log_seq - ${lines.length} + g.n, g.level, g.message, g.logger_name, g.timestamp
      FROM counted, unnest(${lines.map(({ level }) => level)}::int[], ${lines.map(({ message }) => clean(message))}::text[],
        ${lines.map(({ loggerName }) => clean(loggerName))}::text[], ${lines.map(({ timestamp }) => timestamp)}::timestamptz[])
        WITH ORDINALITY AS g(level, message, logger_name, timestamp, n)
    )
    SELECT log_seq AS last FROM counted`);
  if (counted === undefined) throw new NotFoundError("flow run", flowRunId);
  ctx.bus.notify(logsTopic(flowRunId));
  return lines.length;
}

/** What a database's text cannot hold is shown as such: a log line must not be lost for it. */
function clean(text: string): string {
  return text.slice(0, longestMessage).replaceAll("\0", "\u2400").toWellFormed();
}
