import type { LogEvent } from "../event/event.ts";
import type { Now } from "./evaluate.ts";
import type { StateReader } from "./state.ts";
import type { Leaf } from "./watch.ts";

/**
 * Whether what an event meets is due, and lies behind it: a window that has ended, or a metric's instant that has come. Where the event
 * itself has set the clock forward, nothing has looked at it yet.
 */
export function isOverdue(
  state: StateReader,
  leaf: Leaf,
  keyText: string,
  event: LogEvent,
  now: Now,
): boolean {
  if (leaf.kind === "metric") {
    const dueAt = state.memory(leaf.trigger.id)?.dueAt ?? null;
    return dueAt !== null && dueAt <= now.clock;
  }
  const dueAt = state.bucket(leaf.trigger.id, keyText)?.dueAt ?? null;
  return dueAt !== null && dueAt <= now.clock && dueAt <= event.occurred;
}
