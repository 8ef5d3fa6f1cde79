import type { LogEvent } from "../event/event.ts";
import type { Now } from "./evaluate.ts";
import type { StateReader } from "./state.ts";
import type { Touch } from "./watch.ts";

/**
 * The first of what an event meets that is due and lies behind it, by (instant, place): a window that has ended, or a metric's instant that
 * has come. Where the event itself has set the clock forward, nothing has looked at it yet.
 *
 * @param touched in the order of the places
 * @returns undefined where there is none
 */
export function firstOverdue(
  state: StateReader,
  touched: readonly Touch[],
  event: LogEvent,
  now: Now,
): Touch | undefined {
  let first: Touch | undefined;
  let earliest = Number.POSITIVE_INFINITY;
  for (const touch of touched) {
    const dueAt = dueOf(state, touch);
    if (dueAt === null || dueAt > now.clock || dueAt >= earliest) continue;
    if (touch.leaf.kind === "event" && dueAt > event.occurred) continue;
    first = touch;
    earliest = dueAt;
  }
  return first;
}

function dueOf(state: StateReader, { leaf, keyText }: Touch): number | null {
  const { id } = leaf.trigger;
  const row = leaf.kind === "metric" ? state.memory(id) : state.bucket(id, keyText);
  return row?.dueAt ?? null;
}
