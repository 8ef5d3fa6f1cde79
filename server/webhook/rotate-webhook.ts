import sql from "sql-template-tag";
import { InvalidInputError, NotFoundError } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import type { BearerAuth } from "../../core/webhook/auth.ts";
import { webhookEvent } from "../../core/webhook/webhook-event.ts";
import type { Context } from "../context.ts";
import { appendEvents } from "../event/append-events.ts";
import type { SavedWebhook } from "./create-webhook.ts";
import { lockWebhook, toldWebhook } from "./row.ts";
import { digestOf, newSlug, newToken, slugPlace } from "./slug.ts";

/** Seconds that what was rotated out can be taken still. */
const longestGrace = 86_400;

export interface RotateArgs {
  id: string;
  /** Seconds that the old one is still taken; none where it is left out. */
  graceSeconds?: number | null | undefined;
}

/**
 * Gives a webhook a new URL. All else stays, also its history. Of several old URLs only the last can have a time of grace.
 *
 * @throws InvalidInputError
 * @throws NotFoundError
 */
export async function rotateWebhook(ctx: Context, args: RotateArgs): Promise<SavedWebhook> {
  const grace = graceOf(args);
  const slug = newSlug();
  const id = await ctx.db.transaction(async (tx) => {
    const row = isId(args.id) ? await lockWebhook(tx, args.id) : null;
    if (row === null) throw new NotFoundError("webhook", args.id);
    await tx.query(sql`
      UPDATE webhook SET slug_digest = ${digestOf(slug)}, slug = ${ctx.secrets.seal(slug, slugPlace(row.id))},
        former_digest = CASE WHEN ${grace}::float8 > 0 THEN slug_digest END,
        former_until = CASE WHEN ${grace}::float8 > 0 THEN clock_timestamp() + ${grace}::float8 * interval '1 second' END,
        updated_at = clock_timestamp()
      WHERE id = ${row.id}::uuid`);
    const change = { verb: "updated", changed: ["slug"] } as const;
    tx.last(appendEvents([webhookEvent(ctx.newId(), row.at, toldWebhook(row), change)]));
    return row.id;
  });
  ctx.bus.notify("events");
  return { id, token: null };
}

/**
 * Gives a webhook a new token for its senders to bear, which is answered this once.
 *
 * @throws InvalidInputError also where its requests bear none
 * @throws NotFoundError
 */
export async function rotateWebhookToken(ctx: Context, args: RotateArgs): Promise<SavedWebhook> {
  const grace = graceOf(args);
  const token = newToken();
  const id = await ctx.db.transaction(async (tx) => {
    const row = isId(args.id) ? await lockWebhook(tx, args.id) : null;
    if (row === null) throw new NotFoundError("webhook", args.id);
    if (row.auth.type !== "bearer")
      throw InvalidInputError.at(
        ["id"],
        `requests to the webhook ${row.name} bear no token; set its auth to BEARER first`,
      );
    const auth: BearerAuth = {
      type: "bearer",
      digest: digestOf(token),
      formerDigest: grace > 0 ? row.auth.digest : null,
      formerUntil: grace > 0 ? new Date(row.at.getTime() + grace * 1000).toISOString() : null,
    };
    await tx.query(sql`
      UPDATE webhook SET auth = ${JSON.stringify(auth)}::json, updated_at = clock_timestamp() WHERE id = ${row.id}::uuid`);
    const change = { verb: "updated", changed: ["token"] } as const;
    tx.last(appendEvents([webhookEvent(ctx.newId(), row.at, toldWebhook(row), change)]));
    return row.id;
  });
  ctx.bus.notify("events");
  return { id, token };
}

function graceOf({ graceSeconds }: RotateArgs): number {
  const grace = graceSeconds ?? 0;
  if (grace >= 0 && grace <= longestGrace) return grace;
  throw InvalidInputError.at(["graceSeconds"], `must be 0 to ${longestGrace} (24 hours); it is ${grace}`);
}
