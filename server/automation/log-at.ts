import sql from "sql-template-tag";
import type { LogEvent } from "../../core/event/event.ts";
import { longestWait } from "../../core/event-log/held-event.ts";
import { HeldEvents } from "../../core/event-log/held-events.ts";
import type { LogState } from "../../core/event-log/log-state.ts";
import { asHeld, mustWait, releaseFollowers } from "../../core/event-log/take-in.ts";
import type { Executor } from "../db.ts";
import { readPositions } from "../evaluator/read-log.ts";
import { lastBefore } from "./place-in-log.ts";
import { milliseconds, readLogPages } from "./stored-log.ts";

/** How the log stood at one place: what its clocks showed, and what was held. */
export interface LogAt {
  readonly log: LogState;
  readonly held: readonly LogEvent[];
}

/** The log behind a position and at an instant, found from what is kept before it. */
export async function logAt(db: Executor, position: number, wall: number): Promise<LogAt> {
  const clock = await eventClockAt(db, position);
  const held = await heldAt(db, position, wall);
  return { log: { position, wall, ...clock }, held };
}

/**
 * The event clock and when it last advanced. It is looked for backwards: an event cannot have set the clock beyond its own receipt, so the
 * search ends where that lies before what has been found.
 */
async function eventClockAt(
  db: Executor,
  position: number,
): Promise<Pick<LogState, "eventClock" | "advancedAt">> {
  let found: { eventClock: number; advancedAt: number } | null = null;
  for (let before = position + 1; ; ) {
    const rows = await db.query<{ position: number; occurred: number; received: number }>(sql`
      SELECT position, ${milliseconds(sql`occurred`)} AS occurred, ${milliseconds(sql`received`)} AS received
      FROM event WHERE position < ${before} ORDER BY position DESC LIMIT 1000`);
    for (const { occurred, received } of rows) {
      if (found !== null && received < found.eventClock) return found;
      const seen = Math.min(occurred, received);
      // Of those that show the same, the first has set the clock.
      if (found === null || seen >= found.eventClock) found = { eventClock: seen, advancedAt: received };
    }
    const last = rows.at(-1);
    if (last === undefined) return found ?? { eventClock: null, advancedAt: null };
    before = last.position;
  }
}

/** The events that waited for their leaders. None waits longer than `longestWait`, so what was before that does not matter. */
async function heldAt(db: Executor, position: number, wall: number): Promise<LogEvent[]> {
  const behind = await lastBefore(db, wall - longestWait, position);
  const [early] = await db.query(sql`
    SELECT FROM event e WHERE e.position > ${behind} AND e.position <= ${position} AND e.follows <> e.id
      AND NOT EXISTS (SELECT FROM event k WHERE k.id = e.follows AND k.position < e.position) LIMIT 1`);
  if (early === undefined) return [];
  const held = new HeldEvents();
  for await (const page of readLogPages(db, { behind, to: position }, sql`false`)) {
    for (const event of page) {
      releaseOrphans(held, event.received);
      if (mustWait(event, held, () => event.leaderKnown)) held.hold(asHeld(event));
      else releaseFollowers(held, event.id);
    }
  }
  // What falls due at this very instant is still to be judged.
  releaseOrphans(held, wall - 1);
  return readPositions(
    db,
    Array.from(held, (event) => event.position),
  );
}

function releaseOrphans(held: HeldEvents, wall: number): void {
  for (const orphan of held.orphansAt(wall)) {
    if (!held.has(orphan.id)) continue;
    held.release(orphan);
    releaseFollowers(held, orphan.id);
  }
}
