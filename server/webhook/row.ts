import sql from "sql-template-tag";
import type { WebhookAuth } from "../../core/webhook/auth.ts";
import type { ToldWebhook } from "../../core/webhook/webhook-event.ts";
import type { Transaction } from "../db.ts";

/** A webhook as it is stored. */
export interface WebhookRow {
  id: string;
  name: string;
  description: string;
  enabled: boolean;
  slug: string;
  slugDigest: string;
  template: string;
  allowedMethods: string[];
  auth: WebhookAuth;
  /** Sealed; null where it has none. */
  authSecrets: string | null;
  allowReserved: boolean;
  rateLimit: number | null;
}

const webhookColumns = sql`id, name, description, enabled, slug, slug_digest, template, allowed_methods, auth, auth_secrets,
  allow_reserved, rate_limit`;

/** The webhook, which nobody else changes until the transaction ends; null where there is none. */
export async function lockWebhook(tx: Transaction, id: string): Promise<(WebhookRow & { at: Date }) | null> {
  const [row] = await tx.query<WebhookRow & { at: Date }>(sql`
    SELECT ${webhookColumns}, clock_timestamp() AS at FROM webhook WHERE id = ${id}::uuid FOR NO KEY UPDATE`);
  return row ?? null;
}

export function toldWebhook(row: WebhookRow): ToldWebhook {
  return { ...row, auth: row.auth.type };
}
