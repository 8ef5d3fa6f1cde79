import { InvalidInputError, type Issue } from "../../core/error.ts";
import type { Labels } from "../../core/event/event.ts";
import { type GivenEvent, type ParsedEvent, parseEvent, sizeIssue } from "../../core/event/parse-event.ts";
import type { Context } from "../context.ts";
import { perDb } from "../recent.ts";
import { type EmittingRun, emittingRun, withRun } from "./emitting-run.ts";
import { type EventText, EventWriter, type Written } from "./event-writer.ts";
import { readEvents } from "./read-events.ts";
import type { EventRow } from "./row.ts";

/** What a call that emits events says besides. */
export interface EmitOptions {
  /** The run whose code emits: the events are related to it, and belong to what led to it. */
  flowRunId?: string | null | undefined;
}

/**
 * Appends an event to the log. An id that is known there stores nothing: the stored event is answered, also if the rest differs.
 *
 * @throws InvalidInputError with every problem
 * @throws OverloadedError
 */
export async function emitEvent(
  ctx: Context,
  event: GivenEvent,
  options: EmitOptions = {},
): Promise<EventRow> {
  const [result] = await emitEvents(ctx, [event], options);
  if (result === undefined) throw new Error("an event has a result");
  if (result instanceof InvalidInputError) throw result;
  return result;
}

/**
 * Appends events to the log, each of which stands or falls alone.
 *
 * @returns what was stored, or what is wrong, in the order of the events
 * @throws OverloadedError
 */
export async function emitEvents(
  ctx: Context,
  events: readonly GivenEvent[],
  options: EmitOptions = {},
): Promise<(EventRow | InvalidInputError)[]> {
  const run = options.flowRunId == null ? null : await emittingRun(ctx, options.flowRunId);
  if (run === "unknown") {
    const message = `no flow run ${JSON.stringify(options.flowRunId)}`;
    return events.map(() => InvalidInputError.at(["flowRunId"], message));
  }
  const now = ctx.now();
  const prepared = events.map((given) => prepare(given, { id: ctx.newId(), now }, run));
  const ready = prepared.filter((each): each is Ready => !(each instanceof InvalidInputError));
  const written = await writer(ctx.db).write(ready.map(({ text }) => text));
  if (ready.length > 0) ctx.bus.notify("events");
  const stored = await storedRows(ctx, ready, written);
  let place = 0;
  return prepared.map((each) => (each instanceof InvalidInputError ? each : (stored[place++] as EventRow)));
}

/** All callers of a process are written together. */
const writer = perDb((db) => new EventWriter(db));

interface Ready {
  event: ParsedEvent;
  text: EventText;
}

function prepare(
  given: GivenEvent,
  defaults: { id: string; now: Date },
  run: EmittingRun | null,
): Ready | InvalidInputError {
  const parsed = parseEvent(given, defaults);
  if (!parsed.ok) return new InvalidInputError(parsed.issues);
  const { given: isGiven, ...event } = parsed.event;
  const json = JSON.stringify(event);
  const bytes = Buffer.byteLength(json);
  const issue: Issue | null = sizeIssue(bytes);
  if (issue !== null) return new InvalidInputError([issue]);
  if (run === null)
    return { event: parsed.event, text: { json: `${json.slice(0, -1)},"given":${isGiven}}`, bytes } };
  const related: Labels[] = withRun(event.related, run);
  const whole = { ...event, related, chain: run.chain, given: isGiven };
  return { event: { ...parsed.event, related }, text: { json: JSON.stringify(whole), bytes } };
}

/** What is in the log now: of what was there before, the stored event. */
async function storedRows(
  ctx: Context,
  ready: readonly Ready[],
  written: readonly Written[],
): Promise<EventRow[]> {
  const known = new Map<string, EventRow>();
  const ids = written.flatMap((each) => ("failed" in each || !each.known ? [] : [each.id]));
  for (const row of ids.length === 0 ? [] : await readEvents(ctx, ids))
    if (row !== null) known.set(row.id, row);
  return ready.map(({ event }, index) => {
    const result = written[index];
    if (result === undefined || "failed" in result) throw result?.failed;
    const { given: _, ...row } = event;
    return known.get(event.id) ?? { ...row, position: result.position, received: result.received };
  });
}
