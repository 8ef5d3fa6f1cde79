import sql from "sql-template-tag";
import type { Context } from "../context.ts";
import { perDb, Recent } from "../recent.ts";
import { findRunWithPauses, type RunWithPauses } from "./pause.ts";

/** Nearer to its deadline a wait is read anew, by the database's clock. */
const safeDistance = 10_000; // milliseconds

/**
 * Runs as this process saw them begin to wait, so that an answer need not read what was just written. Only guesses: a
 * transition is written only to the state that it was decided upon, and whatever a guess refuses is decided again.
 */
const waits = perDb(() => new Recent<RunWithPauses>(200));

/** Looks at a run that has begun to wait. Failing costs nothing but the guess. */
export function watchWait(ctx: Context, flowRunId: string): void {
  findRunWithPauses(ctx.db, flowRunId, sql`SELECT r.pause_id`).then(
    (run) => {
      // A suspended run depends on its deployment too, and nobody waits for it that closely.
      if (run?.pauseId && run.stateName === "Paused") waits(ctx.db).set(flowRunId, run);
    },
    () => undefined,
  );
}

/** The wait that a run is probably in, once; null where nothing is known, or `key` names another one. */
export function guessWait(ctx: Context, flowRunId: string, key: string | null): RunWithPauses | null {
  const run = waits(ctx.db).get(flowRunId);
  waits(ctx.db).delete(flowRunId);
  const pause = run?.pauses[0];
  if (run === undefined || pause === undefined || (key !== null && key !== pause.key)) return null;
  const near = pause.expiresAt !== null && pause.expiresAt.getTime() - Date.now() < safeDistance;
  return near ? null : run;
}
