import sql, { type Sql } from "sql-template-tag";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";

/** A delivery as it is shown; its body is read apart. */
export interface DeliveryRow {
  id: string;
  webhookId: string;
  receivedAt: Date;
  method: string;
  query: string;
  headers: Record<string, string>;
  /** Of its body. */
  bytes: number;
  statusCode: number;
  error: string | null;
  rendered: string | null;
  eventIds: string[];
  replayOf: string | null;
}

const columns = sql`id, webhook_id, received_at, method, query, headers, octet_length(body) AS bytes, status_code, error,
  rendered, event_ids, replay_of`;

/** The newest first. */
export function readDeliveries(
  ctx: Context,
  { webhookId, first }: { webhookId: string; first: number },
): Promise<DeliveryRow[]> {
  return select(ctx, sql`webhook_id = ${webhookId}::uuid ORDER BY received_at DESC, id DESC LIMIT ${first}`);
}

/** Null where there is none, or not any more. */
export async function findDelivery(ctx: Context, id: string): Promise<DeliveryRow | null> {
  if (!isId(id)) return null;
  const [row] = await select(ctx, sql`id = ${id}::uuid`);
  return row ?? null;
}

/** What is wanted of a delivery's body. */
export interface BodyPart {
  id: string;
  /** Characters. */
  most: number;
}

/** The beginnings of bodies as text, in their order; what is no UTF-8 is shown as U+FFFD. */
export async function readBodies(ctx: Context, parts: readonly BodyPart[]): Promise<string[]> {
  const bytes = Math.max(0, ...parts.map(({ most }) => most)) * 4;
  const rows = await ctx.db.query<{ id: string; body: Buffer }>(sql`
    SELECT id, substring(body FROM 1 FOR ${bytes}::int) AS body FROM webhook_delivery
    WHERE id = ANY (${parts.map(({ id }) => id)}::uuid[])`);
  const bodies = new Map(rows.map(({ id, body }) => [id, new TextDecoder().decode(body)]));
  return parts.map(({ id, most }) => (bodies.get(id) ?? "").slice(0, most).toWellFormed());
}

function select(ctx: Context, where: Sql): Promise<DeliveryRow[]> {
  return ctx.db.query<DeliveryRow>(sql`SELECT ${columns} FROM webhook_delivery WHERE ${where}`);
}
