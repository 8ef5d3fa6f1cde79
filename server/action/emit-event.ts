import sql from "sql-template-tag";
import { relatedEvent } from "../../core/action/automation-resource.ts";
import { emittedEvent, emittedEventId, eventTexts, withTexts } from "../../core/action/emitted-event.ts";
import type { EmitEvent } from "../../core/automation/action.ts";
import { isJsonObject } from "../../core/json.ts";
import { templatesIn } from "../../core/template/rendering.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { done, type Effect, failedBy } from "./effect.ts";
import type { Occasion } from "./occasion.ts";
import { contextOf } from "./render.ts";

/** Stores an event, once: its id is the action run's (actions.md 1.2, 2.3). */
export async function emitEventAction(
  db: Executor,
  ctx: Context,
  action: EmitEvent,
  occasion: Occasion,
): Promise<Effect> {
  const { id: actionRun, triggeringEventId, triggeringOccurred, chain } = occasion.run;
  const id = emittedEventId(actionRun);
  const related = [relatedEvent(id, "emitted-event")];
  const [stored] = await db.query(sql`SELECT id FROM event WHERE id = ${id}::uuid`);
  if (stored !== undefined) return done({ event_id: id, already: true }, related);
  try {
    const triggeringEvent =
      triggeringEventId === null ? null : { id: triggeringEventId, occurred: triggeringOccurred };
    const event = emittedEvent(await render(db, ctx, action, occasion), {
      actionRun,
      at: ctx.now(),
      triggeringEvent,
      chain,
    });
    return done({ event_id: id }, related, { events: [event] });
  } catch (error) {
    return failedBy(error, "Failed to emit the event");
  }
}

async function render(db: Executor, ctx: Context, action: EmitEvent, occasion: Occasion) {
  const { strict } = action;
  const texts = eventTexts(action);
  const inPayload = templatesIn(action.payload, false).map(({ source }) => source);
  const context = await contextOf(db, ctx, [...texts, ...inPayload], occasion);
  const filled = withTexts(action, await ctx.templates.renderText(texts, context, { strict }));
  const payload = await ctx.templates.renderValue(action.payload, context, { kinds: false, strict });
  // An object stays one, whatever is filled in.
  return { ...filled, payload: isJsonObject(payload) ? payload : {} };
}
