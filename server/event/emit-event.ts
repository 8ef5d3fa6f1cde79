import { InvalidInputError } from "../../core/error.ts";
import {
  type EventDefaults,
  type GivenEvent,
  type ParsedEvent,
  parseEvent,
  sizeIssue,
} from "../../core/event/parse-event.ts";
import type { Context } from "../context.ts";
import { perDb } from "../recent.ts";
import { type EmittingRun, emittingRun, withRun } from "./emitting-run.ts";
import { type EventText, EventWriter, type Written } from "./event-writer.ts";
import { idSeries } from "./id-series.ts";
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
  const newId = idSeries(() => ctx.newId());
  const prepared = events.map((given) => prepare(given, { newId, now }, run));
  const ready = prepared.filter((each): each is Ready => !(each instanceof InvalidInputError));
  const written = await writer(ctx.db).write(ready.map(({ text }) => text));
  if (ready.length > 0) ctx.bus.notify("events");
  const stored = await storedRows(ctx, ready, written);
  let place = 0;
  // One row for each that was ready, in their order.
  return prepared.map((each) => (each instanceof InvalidInputError ? each : (stored[place++] as EventRow)));
}

/** All callers of a process are written together. */
const writer = perDb((db) => new EventWriter(db));

interface Ready {
  event: Omit<ParsedEvent, "given">;
  text: EventText;
}

function prepare(
  given: GivenEvent,
  defaults: EventDefaults,
  run: EmittingRun | null,
): Ready | InvalidInputError {
  const parsed = parseEvent(given, defaults);
  if (!parsed.ok) return new InvalidInputError(parsed.issues);
  const { given: isGiven, ...event } = parsed.event;
  const json = JSON.stringify(event);
  const bytes = Buffer.byteLength(json);
  const issue = sizeIssue(bytes);
  if (issue !== null) return new InvalidInputError([issue]);
  if (run !== null) {
    const whole = { ...event, related: withRun(event.related, run), chain: run.chain, given: isGiven };
    return { event: whole, text: { json: JSON.stringify(whole), given: isGiven, bytes } };
  }
  const marked = isGiven ? `${json.slice(0, -1)},"given":true}` : json;
  return { event, text: { json: marked, given: isGiven, bytes } };
}

/** What is in the log now: of what was there before, the stored event. */
async function storedRows(
  ctx: Context,
  ready: readonly Ready[],
  written: readonly Written[],
): Promise<EventRow[]> {
  const known = ready.filter((_, index) => {
    const each = written[index];
    return each !== undefined && "known" in each && each.known;
  });
  const rows =
    known.length === 0
      ? []
      : await readEvents(
          ctx,
          known.map(({ event }) => event.id),
        );
  const stored = new Map(rows.map((row) => [row?.id, row]));
  return ready.map(({ event }, index) => {
    const result = written[index];
    if (result === undefined || "failed" in result) throw result?.failed;
    const { id, occurred, event: name, resource, related, payload, follows } = event;
    const { position, received } = result;
    const own = { id, position, occurred, received, event: name, resource, related, payload, follows };
    return stored.get(id) ?? own;
  });
}
