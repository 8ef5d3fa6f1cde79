import { InvalidInputError } from "../../core/error.ts";
import { Backtest, type BacktestSetting } from "../../core/trigger/backtest.ts";
import type { GivenBacktestEvent } from "../../core/trigger/backtest-input.ts";
import type { TriggerFiring } from "../../core/trigger/firing.ts";
import { firingId } from "../../core/trigger/firing-id.ts";
import type { Context } from "../context.ts";
import { cancelled } from "../graphql/request-error.ts";
import { type BacktestSubject, backtestSubject, type GivenSubject } from "./backtest-subject.ts";
import { readBacktestEvents } from "./given-events.ts";
import { Pace } from "./pace.ts";
import { deliverStoredLog } from "./replay.ts";

/** What a backtest is asked for: exactly one of the three subjects, over given events or over the stored log. */
export interface BacktestRequest extends GivenSubject {
  events?: readonly GivenBacktestEvent[] | null | undefined;
  start: Date;
  until: Date;
}

/** A firing that a backtest gives. */
export interface ReportedFiring {
  firing: TriggerFiring;
  /** Of an automation, the id that the live firing has. */
  id: string | null;
  /** The place of the event that caused it among those that were given. */
  eventIndex: number | null;
  /** Oldest first by position. */
  counted: readonly string[];
}

export interface BacktestReport {
  firings: ReportedFiring[];
  evaluatedEvents: number;
  matchedEvents: number;
}

/** Milliseconds that a backtest may take. */
const mostTime = 60_000;

/**
 * What a trigger would have done from `start` to `until`, with nothing counted before. Nothing is stored and no action runs. It gives way
 * to other work of the server, and ends when the client is gone.
 *
 * @throws InvalidInputError for a subject or events that are not as they must be, and for what is beyond a limit
 * @throws NotFoundError for an unknown automation
 */
export async function backtest(ctx: Context, request: BacktestRequest): Promise<BacktestReport> {
  const { events } = request;
  const subject = await backtestSubject(ctx, request);
  const span = { start: request.start.getTime(), until: request.until.getTime() };
  if (span.until < span.start) {
    throw InvalidInputError.at(
      ["until"],
      `${request.until.toISOString()} is before \`start\`, ${request.start.toISOString()}`,
    );
  }
  const pace = new Pace(untilTooLong(ctx));
  const setting = { trigger: subject.trigger, automation: subject.automation ?? undefined, ...span };
  return events == null
    ? overStoredLog(ctx, subject, setting, pace)
    : overGivenEvents(ctx, events, setting, pace);
}

async function overGivenEvents(
  ctx: Context,
  given: readonly GivenBacktestEvent[],
  setting: BacktestSetting,
  pace: Pace,
): Promise<BacktestReport> {
  const events = await readBacktestEvents(ctx, given, setting.start, pace);
  const test = new Backtest(setting);
  for (const event of events) await pace.through(test.deliver(event));
  const { firings, ...counts } = await pace.through(test.end());
  const places = new Map(events.map(({ id, position }) => [id, position]));
  const byPlace = (a: string, b: string) => (places.get(a) ?? 0) - (places.get(b) ?? 0);
  return {
    ...counts,
    firings: firings.map((firing) => ({
      ...reported(setting, firing),
      eventIndex: firing.cause.kind === "event" ? firing.cause.position - 1 : null,
      counted: [...firing.counted].sort(byPlace),
    })),
  };
}

async function overStoredLog(
  ctx: Context,
  subject: BacktestSubject,
  setting: BacktestSetting,
  pace: Pace,
): Promise<BacktestReport> {
  const { test, inOrder } = await deliverStoredLog(ctx.db, subject, setting, pace);
  const { firings, ...counts } = await pace.through(test.end());
  const report: ReportedFiring[] = [];
  for (const firing of firings) {
    const counted = await inOrder(firing.counted);
    report.push({ ...reported(setting, firing), eventIndex: null, counted });
  }
  return { ...counts, firings: report };
}

function reported({ automation }: BacktestSetting, firing: TriggerFiring) {
  const id = automation === undefined ? null : firingId(automation, firing.cause, firing.ordinal);
  return { firing, id };
}

function untilTooLong(ctx: Context): () => void {
  const end = performance.now() + mostTime;
  return () => {
    if (ctx.signal?.aborted) throw cancelled();
    if (performance.now() < end) return;
    throw InvalidInputError.at(
      [],
      `the backtest has taken ${mostTime / 1000} s, as long as one may: take a shorter time, or a trigger that fewer events concern`,
    );
  };
}
