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
  let last = start;
  const log = events.map((event, index): LogEvent => {
    const received = event.received ?? Math.max(event.occurred, last);
    if (received < last) {
      const before = index === 0 ? "`start`" : "the `received` of the event before it";
      const path = ["events", String(index), "received"];
      issues.push({
        path,
        message: `${new Date(received).toISOString()} is before ${before}, ${new Date(last).toISOString()}`,
      });
    }
    last = Math.max(last, received);
    return { ...event, position: index + 1, received };
  });
  if (issues.length > 0) throw new InvalidInputError(issues);
  return log;
}
