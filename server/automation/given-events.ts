import { InvalidInputError, type Issue } from "../../core/error.ts";
import type { LogEvent } from "../../core/event/event.ts";
import { mostEvents, placeBehind } from "../../core/trigger/backtest-events.ts";
import { type GivenBacktestEvent, parseBacktestEvent } from "../../core/trigger/backtest-input.ts";
import type { Pace } from "./pace.ts";

/** Problems that are told at once. */
const maxIssues = 100;

/** The given events as a log from `start` on. @throws InvalidInputError with what is wrong with them */
export async function readBacktestEvents(
  ctx: { newId(): string },
  given: readonly GivenBacktestEvent[],
  start: number,
  pace: Pace,
): Promise<LogEvent[]> {
  if (given.length > mostEvents) {
    const message = `has ${given.length} events; a backtest takes at most ${mostEvents}`;
    throw InvalidInputError.at(["events"], message);
  }
  const issues: Issue[] = [];
  const log: LogEvent[] = [];
  for (const [index, event] of given.entries()) {
    if (pace.isDue) await pace.yield();
    const parse = parseBacktestEvent(event, ["events", String(index)], ctx.newId);
    if (!parse.ok) {
      issues.push(...parse.issues);
    } else {
      const placed = placeBehind(log.at(-1) ?? null, parse.event, start);
      log.push(placed.event);
      if (placed.issue !== null)
        issues.push({ ...placed.issue, path: ["events", String(index), "received"] });
    }
    if (issues.length >= maxIssues) break;
  }
  if (issues.length > 0) throw new InvalidInputError(issues.slice(0, maxIssues));
  return log;
}
