import sql from "sql-template-tag";
import type { JsonObject } from "../../core/json.ts";
import type { Context } from "../../server/context.ts";

/** An event as the log has it. */
export interface StoredEvent {
  id: string;
  position: number;
  occurred: Date;
  received: Date;
  event: string;
  resource: Record<string, string>;
  related: Record<string, string>[];
  payload: JsonObject;
  follows: string | null;
  chain: string[];
}

/** The events whose resource is this one, or that are related to it, in the log's order. */
export function eventsAbout(ctx: Context, resource: string): Promise<StoredEvent[]> {
  return ctx.db.query<StoredEvent>(sql`
    SELECT id, position, occurred, received, event, resource, related, payload, follows, chain FROM event
    WHERE resource->>'prefect.resource.id' = ${resource}
      OR EXISTS (SELECT FROM json_array_elements(related) r WHERE r->>'prefect.resource.id' = ${resource})
    ORDER BY position`);
}

/** The events of a run's own states, in the log's order. */
export async function stateEvents(ctx: Context, flowRunId: string): Promise<StoredEvent[]> {
  const id = `prefect.flow-run.${flowRunId}`;
  return (await eventsAbout(ctx, id)).filter(({ resource }) => resource["prefect.resource.id"] === id);
}

/** The newest event about a resource; throws where there is none. */
export async function lastEvent(ctx: Context, resource: string, name?: string): Promise<StoredEvent> {
  const events = await eventsAbout(ctx, resource);
  const last = events.filter(({ event }) => name === undefined || event === name).at(-1);
  if (last === undefined) throw new Error(`no event ${name ?? ""} about ${resource}`);
  return last;
}
