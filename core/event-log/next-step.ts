import type { HeldEvent } from "./held-event.ts";
import type { HeldEvents } from "./held-events.ts";
import { clockAt, type LogState, lagOf } from "./log-state.ts";

/** The next thing that time alone brings. `wall`: the instant at which it does. */
export type Step =
  | { readonly kind: "orphans"; readonly wall: number; readonly orphans: readonly HeldEvent[] }
  /** What is due on the evaluation clock comes first. */
  | { readonly kind: "due"; readonly wall: number };

/** The instant of the wall clock at which time alone next brings something; null where it never does. */
function nextInstant(log: LogState, held: HeldEvents, dueAt: number | null): number | null {
  const orphanAt = held.nextOrphanAt();
  const windowAt = dueAt === null ? null : dueAt + lagOf(log);
  if (orphanAt === null || windowAt === null) return orphanAt ?? windowAt;
  return Math.min(orphanAt, windowAt);
}

/**
 * What falls due next, at or before an instant of the wall clock: at one instant the events that have waited too long for their leaders,
 * then windows (triggers.md §16).
 *
 * @param dueAt the earliest instant of the evaluation clock at which a window or a metric is due
 * @returns null where nothing is due until then
 */
export function nextStep(log: LogState, held: HeldEvents, dueAt: number | null, to: number): Step | null {
  const instant = nextInstant(log, held, dueAt);
  if (instant === null) return null;
  // After a jump, or where the lag has shrunk, things are overdue: they happen now, for the clock does not go back.
  const wall = Math.max(instant, log.wall ?? instant);
  if (wall > to) return null;
  const orphanAt = held.nextOrphanAt();
  if (orphanAt !== null && orphanAt <= wall) return { kind: "orphans", wall, orphans: held.orphansAt(wall) };
  return dueAt !== null && dueAt <= clockAt(log, wall) ? { kind: "due", wall } : null;
}
