import { randomUUID } from "node:crypto";
import sql from "sql-template-tag";
import type { Labels } from "../../core/event/event.ts";
import type { JsonObject } from "../../core/json.ts";
import { runAction } from "../../server/action/run-action.ts";
import type { Context } from "../../server/context.ts";
import { emitEvent } from "../../server/event/emit-event.ts";
import { automation } from "./engine.ts";
import type { StoredEvent } from "./events.ts";
import { judgeAll } from "./virtual-log.ts";

/** An automation that has fired once. */
export interface Fired {
  automationId: string;
  /** The event on which it fired. */
  eventId: string;
  /** Its action runs, in their order; not carried out yet. */
  runs: string[];
}

interface Occasion {
  resource?: Labels;
  related?: Labels[];
  payload?: JsonObject;
  /** More of the automation's trigger. */
  trigger?: JsonObject;
}

/** Lets an automation with these actions, or with more of its document, fire on one event. */
export async function fired(
  ctx: Context,
  given: JsonObject[] | JsonObject,
  { resource = { "prefect.resource.id": "thing" }, related = [], payload = {}, trigger = {} }: Occasion = {},
): Promise<Fired> {
  const name = `happened-${randomUUID()}`;
  const document = Array.isArray(given) ? { actions: given } : given;
  const automationId = await automation(ctx, { name, trigger: { expect: [name], ...trigger }, ...document });
  const event = await emitEvent(ctx, { event: name, resource, related, payload });
  await judgeAll(ctx);
  return { automationId, eventId: event.id, runs: await actionRunsOf(ctx, automationId) };
}

/** The same, and its actions carried out, one after the other. */
export async function acted(
  ctx: Context,
  ...given: Parameters<typeof fired> extends [unknown, ...infer Rest] ? Rest : never
): Promise<Fired> {
  const result = await fired(ctx, ...given);
  for (const id of result.runs) await runAction(ctx, id, unexpected);
  return result;
}

/** Lets an automation act upon a run. */
export function onRun(
  ctx: Context,
  flowRunId: string,
  action: JsonObject,
  payload: JsonObject = {},
): Promise<Fired> {
  return acted(ctx, [action], { related: [related(`prefect.flow-run.${flowRunId}`, "flow-run")], payload });
}

/** An automation's action runs, those of its first firing first. */
export async function actionRunsOf(ctx: Context, automationId: string): Promise<string[]> {
  const runs = await ctx.db.query<{ id: string }>(sql`
    SELECT r.id FROM action_run r JOIN firing f ON f.id = r.firing_id
    WHERE f.automation_id = ${automationId}::uuid ORDER BY f.position, r.index`);
  return runs.map(({ id }) => id);
}

/** An action run as it is stored. */
export const storedAction = (ctx: Context, id: string | undefined) =>
  ctx.prisma.actionRun.findUniqueOrThrow({ where: { id: id ?? "" } });

/** What was told of an action run, in the log's order. */
export function actionEvents(ctx: Context, id: string | undefined): Promise<StoredEvent[]> {
  return ctx.db.query<StoredEvent>(sql`
    SELECT id, position, occurred, received, event, resource, related, payload, follows, chain FROM event
    WHERE payload->>'invocation' = ${id} ORDER BY position`);
}

/** The same by the last part of their names. */
export async function toldOf(ctx: Context, id: string | undefined): Promise<string[]> {
  return (await actionEvents(ctx, id)).map(({ event }) => event.replace("prefect.automation.action.", ""));
}

/** A resource that an event is related to. */
export function related(resource: string, role = "thing"): Labels {
  return { "prefect.resource.id": resource, "prefect.resource.role": role };
}

/** Fails the test where an action fails in a way that nobody has foreseen. */
export function unexpected(what: string, cause: unknown): never {
  throw new Error(what, { cause });
}
