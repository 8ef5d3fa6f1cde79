import sql from "sql-template-tag";
import { AlreadyExistsError } from "../../core/error.ts";
import { webhookEvent } from "../../core/webhook/webhook-event.ts";
import type { Context } from "../context.ts";
import { appendEvents } from "../event/append-events.ts";
import { isUniqueViolation } from "../run-input/postgres-error.ts";
import { sealAuthSecrets } from "./auth-secrets.ts";
import { checkWebhook, templateIssues, type WebhookArgs } from "./check-webhook.ts";
import { digestOf, newSlug, slugPlace } from "./slug.ts";

/** A webhook that was stored, and the token that was made for it, which is shown this once. */
export interface SavedWebhook {
  id: string;
  token: string | null;
}

/**
 * Stores a new webhook under a URL of its own.
 *
 * @throws InvalidInputError
 * @throws AlreadyExistsError
 */
export async function createWebhook(ctx: Context, args: WebhookArgs): Promise<SavedWebhook> {
  const webhook = checkWebhook(ctx, args, null, await templateIssues(ctx, args.template, args.allowReserved));
  const id = ctx.newId();
  const slug = newSlug();
  const secrets = webhook.secrets ?? [];
  const authSecrets = secrets.length === 0 ? null : sealAuthSecrets(ctx, id, secrets);
  await refusingTakenName(webhook.name, () =>
    ctx.db.transaction(async (tx) => {
      const [row] = await tx.query<{ at: Date }>(sql`
        INSERT INTO webhook (id, name, description, enabled, slug_digest, slug, template, allowed_methods, auth, auth_secrets,
          allow_reserved, rate_limit)
        VALUES (${id}::uuid, ${webhook.name}, ${webhook.description}, ${webhook.enabled}, ${digestOf(slug)},
          ${ctx.secrets.seal(slug, slugPlace(id))}, ${webhook.template}, ${[...webhook.allowedMethods]}::text[],
          ${JSON.stringify(webhook.auth)}::json, ${authSecrets}, ${webhook.allowReserved}, ${webhook.rateLimit})
        RETURNING clock_timestamp() AS at`);
      if (row === undefined) throw new Error("a webhook that is inserted is answered");
      const told = { ...webhook, id, auth: webhook.auth.type };
      tx.last(appendEvents([webhookEvent(ctx.newId(), row.at, told, { verb: "created" })]));
    }),
  );
  ctx.bus.notify("events");
  return { id, token: webhook.token };
}

/** Does what may give a webhook a name that is taken. @throws AlreadyExistsError */
export async function refusingTakenName<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new AlreadyExistsError(`there is a webhook ${JSON.stringify(name)} already; choose another name`);
  }
}
