import { InvalidInputError, type Issue } from "../error.ts";
import type { LogEvent } from "../event/event.ts";
import { atOnce, Backtest, type BacktestResult, type BacktestSetting } from "./backtest.ts";

/** An event for a backtest. `received`: where it is left out, the greater of `occurred` and the delivery of the event before it. */
export interface BacktestEvent extends Omit<LogEvent, "position" | "received"> {
  readonly received?: number | undefined;
}

/** How many events may be given to a backtest. */
export const mostEvents = 100_000;

/**
 * What a trigger would have done with these events, delivered in their order. An event's position in the firings' causes is its place
 * among them, from 1.
 *
 * @throws InvalidInputError as `backtestLog`, and where there are too many firings
 */
export function backtest(
  setting: BacktestSetting & { readonly events: readonly BacktestEvent[] },
): BacktestResult {
  const events = backtestLog(setting.events, setting.start);
  const test = new Backtest(setting);
  for (const event of events) atOnce(test.deliver(event));
  return atOnce(test.end());
}

/**
 * The events as a log that begins with the first of them.
 *
 * @throws InvalidInputError where there are too many events, or a `received` falls
 */
export function backtestLog(events: readonly BacktestEvent[], start: number): LogEvent[] {
  if (events.length > mostEvents) {
    throw InvalidInputError.at(
      ["events"],
      `has ${events.length} events; a backtest takes at most ${mostEvents}`,
    );
  }
  const issues: Issue[] = [];
  const log: LogEvent[] = [];
  for (const event of events) {
    const place = placeBehind(log.at(-1) ?? null, event, start);
    log.push(place.event);
    if (place.issue !== null) issues.push(place.issue);
  }
  if (issues.length > 0) throw new InvalidInputError(issues);
  return log;
}

/**
 * The next event of a log that begins at `start`.
 *
 * @param before the one before it; null for the first
 * @returns what is wrong with its `received`; the event is placed all the same, so that those behind it can be looked at
 */
export function placeBehind(
  before: LogEvent | null,
  event: BacktestEvent,
  start: number,
): { event: LogEvent; issue: Issue | null } {
  const position = (before?.position ?? 0) + 1;
  const last = before?.received ?? start;
  const received = event.received ?? Math.max(event.occurred, last);
  if (received >= last) return { event: { ...event, position, received }, issue: null };
  const than = before === null ? "`start`" : "the `received` of the event before it";
  return {
    event: { ...event, position, received: last },
    issue: {
      path: ["events", String(position - 1), "received"],
      message: `${new Date(received).toISOString()} is before ${than}, ${new Date(last).toISOString()}`,
    },
  };
}
