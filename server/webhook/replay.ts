import sql from "sql-template-tag";
import { InvalidInputError, NotFoundError } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import { storeDelivery } from "./receive.ts";
import { type RenderingWebhook, renderRequest } from "./render.ts";

interface Repeated extends RenderingWebhook {
  method: string;
  query: string;
  headers: Record<string, string>;
  body: Buffer;
  statusCode: number;
}

/**
 * Takes a request again, as it is kept, by the webhook's present template. What made its event known then makes it known now: an event
 * that is in the log already is not stored twice.
 *
 * @returns the id of the new delivery
 * @throws NotFoundError
 * @throws InvalidInputError where nobody proved to have sent it
 */
export async function replayDelivery(ctx: Context, id: string): Promise<string> {
  const [row] = isId(id)
    ? await ctx.db.query<Repeated>(sql`
        SELECT w.id, w.name, w.template, w.auth, w.allow_reserved, d.method, d.query, d.headers, d.body, d.status_code
        FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id WHERE d.id = ${id}::uuid`)
    : [];
  if (row === undefined) throw new NotFoundError("webhook delivery", id);
  if (row.statusCode === 401)
    throw InvalidInputError.at(
      ["id"],
      "nobody proved to have sent this request, so it cannot be taken again",
    );
  const { method, query, headers, body } = row;
  const request = { method, query, headers, body };
  const now = ctx.now();
  const rendered = await renderRequest(ctx, row, request, now);
  const stored = await storeDelivery(ctx, row, request, { now, rendered, replayOf: id.toLowerCase() });
  if (stored === null) throw new NotFoundError("webhook delivery", id);
  return stored;
}
