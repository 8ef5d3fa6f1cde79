import type { LogEvent } from "../event/event.ts";
import type { HeldEvent } from "./held-event.ts";
import type { HeldEvents } from "./held-events.ts";
import type { LogState } from "./log-state.ts";

/**
 * The log with one more event taken in: its position, and what its clocks show (triggers.md §10). An event that does not advance the event
 * clock leaves the lag as it was.
 */
export function takeIn(log: LogState, event: LogEvent): LogState {
  const wall = Math.max(log.wall ?? event.received, event.received);
  const seen = Math.min(event.occurred, wall);
  const advances = log.eventClock === null || seen > log.eventClock;
  return {
    position: event.position,
    wall,
    eventClock: advances ? seen : log.eventClock,
    advancedAt: advances ? wall : log.advancedAt,
  };
}

/**
 * Whether an event has to wait: it names a leader that has not been processed.
 *
 * @param known whether the log has an event of this id at an earlier position
 */
export function mustWait(
  event: LogEvent,
  held: HeldEvents,
  known: (id: string) => boolean,
): event is LogEvent & HeldEvent {
  const { follows } = event;
  return follows !== null && follows !== event.id && (held.has(follows) || !known(follows));
}

/** The event as it is held: without its body. */
export function asHeld({ id, position, follows, received, occurred }: HeldEvent): HeldEvent {
  return { id, position, follows, received, occurred };
}

/** Releases all that waited for an event, then all that waited for these, and so on; in the order in which they are to be judged. */
export function releaseFollowers(held: HeldEvents, leaderId: string): readonly HeldEvent[] {
  const released: HeldEvent[] = [];
  const leaders = [leaderId];
  for (const leader of leaders) {
    for (const follower of held.followersOf(leader)) {
      held.release(follower);
      released.push(follower);
      leaders.push(follower.id);
    }
  }
  return released;
}
