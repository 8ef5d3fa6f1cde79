import sql from "sql-template-tag";
import { Backtest, type BacktestSetting } from "../../core/trigger/backtest.ts";
import type { Executor } from "../db.ts";
import { readGaps } from "../evaluator/log-state.ts";
import { findPositions } from "../evaluator/read-log.ts";
import type { BacktestSubject } from "./backtest-subject.ts";
import { logAt } from "./log-at.ts";
import type { Pace } from "./pace.ts";
import { endOfLog, lastBefore } from "./place-in-log.ts";
import {
  type LogRange,
  milliseconds,
  nameCondition,
  type ReplayedEvent,
  readLogPages,
} from "./stored-log.ts";

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
  const { start } = setting;
  const to = await endOfLog(db);
  const behind = (await startOfWatching(db, subject, start)) ?? (await lastBefore(db, start, to));
  // Ids of those that were held: what counted out of the log's order is among them.
  const waited = new Set<string>();
  const test = await replay(db, { ...setting, range: { behind, to } }, pace, (event) => {
    if (event.follows !== null && (!event.leaderKnown || waited.has(event.follows))) waited.add(event.id);
    return false;
  });
  return {
    test,
    async inOrder(ids) {
      if (!ids.some((id) => waited.has(id))) return ids;
      const positions = await findPositions(db, ids);
      return [...ids].sort((a, b) => (positions.get(a) ?? 0) - (positions.get(b) ?? 0));
    },
  };
}

/** What a replay is made of: a part of the log, and the trigger that watches it from `start`. */
export type ReplaySetting = Omit<BacktestSetting, "log" | "held" | "known" | "gaps"> & {
  readonly range: LogRange;
};

/**
 * Delivers a part of the stored log, page by page, to a trigger that begins to watch before it.
 *
 * @param delivered told of each event that has been delivered; where it answers true, the rest is not wanted
 */
export async function replay(
  db: Executor,
  { range, ...setting }: ReplaySetting,
  pace: Pace,
  delivered: (event: ReplayedEvent) => boolean,
): Promise<Backtest> {
  const { log, held } = await logAt(db, range.behind, setting.start);
  let current: Pick<ReplayedEvent, "follows" | "leaderKnown"> = { follows: null, leaderKnown: false };
  const test = new Backtest({
    ...setting,
    log,
    held,
    gaps: await readGaps(db, setting.start),
    known: (id) => id === current.follows && current.leaderKnown,
  });
  for (const event of held) delivered({ ...event, leaderKnown: false });
  for await (const page of readLogPages(db, range, nameCondition(setting.trigger))) {
    for (const event of page) {
      if (event.received > setting.until) return test;
      current = event;
      await pace.through(test.deliver(event));
      if (delivered(event)) return test;
      if (pace.isDue) await pace.yield();
    }
    pace.check();
  }
  return test;
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
