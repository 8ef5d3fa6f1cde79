import sql from "sql-template-tag";
import { Backtest, type BacktestSetting } from "../../core/trigger/backtest.ts";
import type { Executor } from "../db.ts";
import { readGaps } from "../evaluator/log-state.ts";
import { findPositions } from "../evaluator/read-log.ts";
import type { BacktestSubject } from "./backtest-subject.ts";
import { logAt } from "./log-at.ts";
import type { Pace } from "./pace.ts";
import { endOfLog, lastBefore } from "./place-in-log.ts";
import { milliseconds, nameCondition, readLogPages } from "./stored-log.ts";

/** A backtest to which the stored log has been delivered. */
export interface Replayed {
  test: Backtest;
  /** Ids of events that counted, by position. */
  inOrder(ids: readonly string[]): Promise<readonly string[]>;
}

/** Delivers the stored log from `start` to `until`. */
export async function deliverStoredLog(
  db: Executor,
  subject: BacktestSubject,
  setting: BacktestSetting,
  pace: Pace,
): Promise<Replayed> {
  const { start, until } = setting;
  const end = await endOfLog(db);
  const behind = (await startOfWatching(db, subject, start)) ?? (await lastBefore(db, start, end));
  const { log, held } = await logAt(db, behind, start);
  // Ids of those that were held: what counted out of the log's order is among them.
  const waited = new Set(held.map(({ id }) => id));
  let current: { follows: string | null; leaderKnown: boolean } = { follows: null, leaderKnown: false };
  const test = new Backtest({
    ...setting,
    log,
    held,
    gaps: await readGaps(db, start),
    known: (id) => id === current.follows && current.leaderKnown,
  });
  for await (const page of readLogPages(db, { behind, to: end }, nameCondition(setting.trigger))) {
    for (const event of page) {
      if (event.received > until) return { test, inOrder };
      current = event;
      if (event.follows !== null && (!event.leaderKnown || waited.has(event.follows))) waited.add(event.id);
      await pace.through(test.deliver(event));
      if (pace.isDue) await pace.yield();
    }
    pace.check();
  }
  return { test, inOrder };

  async function inOrder(ids: readonly string[]): Promise<readonly string[]> {
    if (!ids.some((id) => waited.has(id))) return ids;
    const positions = await findPositions(db, ids);
    return [...ids].sort((a, b) => (positions.get(a) ?? 0) - (positions.get(b) ?? 0));
  }
}

/**
 * Where an automation's present trigger began to be watched, if that was at `start`: a backtest from then on begins behind that event, as
 * watching did, and not with others of the same millisecond.
 */
async function startOfWatching(
  db: Executor,
  { automation }: BacktestSubject,
  start: number,
): Promise<number | null> {
  if (automation === null) return null;
  const { automationId, triggerVersion } = automation;
  const [began] = await db.query<{ position: number; received: number | null }>(sql`
    SELECT v.position, ${milliseconds(sql`e.received`)} AS received
    FROM automation_version v LEFT JOIN event e ON e.id = v.event_id
    WHERE v.automation_id = ${automationId}::uuid AND v.trigger_version = ${triggerVersion}
      AND v.enabled AND v.position IS NOT NULL
    ORDER BY v.position LIMIT 1`);
  return began?.received === start ? began.position : null;
}
