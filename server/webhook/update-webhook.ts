import sql from "sql-template-tag";
import { NotFoundError } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import { jsonEquals } from "../../core/json.ts";
import { webhookEvent } from "../../core/webhook/webhook-event.ts";
import type { Context } from "../context.ts";
import { appendEvents } from "../event/append-events.ts";
import { sealAuthSecrets } from "./auth-secrets.ts";
import { type CheckedWebhook, checkWebhook, templateIssues, type WebhookArgs } from "./check-webhook.ts";
import { refusingTakenName, type SavedWebhook } from "./create-webhook.ts";
import { lockWebhook, toldWebhook, type WebhookRow } from "./row.ts";

/**
 * Changes a webhook: what is left out stays as it is, and where nothing is another nothing happens. Its URL stays.
 *
 * @throws InvalidInputError
 * @throws NotFoundError
 * @throws AlreadyExistsError
 */
export async function updateWebhook(ctx: Context, id: string, args: WebhookArgs): Promise<SavedWebhook> {
  // Before the row is locked, for requests wait for whoever has it.
  const ofTemplate = await templateIssues(
    ctx,
    args.template,
    args.allowReserved ?? (await allowsReserved(ctx, id)),
  );
  const saved = await refusingTakenName(args.name, () =>
    ctx.db.transaction(async (tx) => {
      const row = isId(id) ? await lockWebhook(tx, id) : null;
      if (row === null) throw new NotFoundError("webhook", id);
      const webhook = checkWebhook(ctx, args, row, ofTemplate);
      const changed = changes(row, webhook);
      if (changed.length === 0) return { id: row.id, token: null, isChanged: false };
      const authSecrets = secretsOf(ctx, row, webhook);
      await tx.query(sql`
        UPDATE webhook SET name = ${webhook.name}, description = ${webhook.description}, enabled = ${webhook.enabled},
          template = ${webhook.template}, allowed_methods = ${[...webhook.allowedMethods]}::text[],
          auth = ${JSON.stringify(webhook.auth)}::json, auth_secrets = ${authSecrets},
          allow_reserved = ${webhook.allowReserved}, rate_limit = ${webhook.rateLimit}, updated_at = clock_timestamp()
        WHERE id = ${row.id}::uuid`);
      const told = { ...webhook, id: row.id, auth: webhook.auth.type };
      tx.last(appendEvents([webhookEvent(ctx.newId(), row.at, told, { verb: "updated", changed })]));
      return { id: row.id, token: webhook.token, isChanged: true };
    }),
  );
  if (saved.isChanged) ctx.bus.notify("events");
  return saved;
}

/** Switches a webhook on or off; one that is off answers as if it were not there. @throws NotFoundError */
export async function setWebhookEnabled(ctx: Context, id: string, enabled: boolean): Promise<string> {
  const changed = await ctx.db.transaction(async (tx) => {
    const row = isId(id) ? await lockWebhook(tx, id) : null;
    if (row === null) throw new NotFoundError("webhook", id);
    if (row.enabled === enabled) return false;
    await tx.query(sql`
      UPDATE webhook SET enabled = ${enabled}, updated_at = clock_timestamp() WHERE id = ${row.id}::uuid`);
    const told = { ...toldWebhook(row), enabled };
    const change = { verb: "updated", changed: ["enabled"] } as const;
    tx.last(appendEvents([webhookEvent(ctx.newId(), row.at, told, change)]));
    return true;
  });
  if (changed) ctx.bus.notify("events");
  return id.toLowerCase();
}

async function allowsReserved(ctx: Context, id: string): Promise<boolean> {
  if (!isId(id)) return false;
  const [row] = await ctx.db.query<{ allowReserved: boolean }>(
    sql`SELECT allow_reserved FROM webhook WHERE id = ${id}::uuid`,
  );
  return row?.allowReserved ?? false;
}

/** The names of what is another. */
function changes(before: WebhookRow, after: CheckedWebhook): string[] {
  const names = [
    "name",
    "description",
    "enabled",
    "template",
    "allowedMethods",
    "auth",
    "allowReserved",
    "rateLimit",
  ] as const;
  const changed: string[] = names.filter((name) => !jsonEquals(before[name], after[name]));
  if (after.secrets !== null && after.secrets.length > 0) changed.push("secrets");
  return changed;
}

function secretsOf(ctx: Context, row: WebhookRow, { secrets }: CheckedWebhook): string | null {
  if (secrets === null) return row.authSecrets;
  return secrets.length === 0 ? null : sealAuthSecrets(ctx, row.id, secrets);
}
