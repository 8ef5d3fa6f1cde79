import sql from "sql-template-tag";
import type { WebhookAuth } from "../../core/webhook/auth.ts";
import type { Context } from "../context.ts";
import { perDb } from "../recent.ts";
import { digestOf } from "./slug.ts";

/** A webhook that takes requests, with what a request needs to know of it. */
export interface OpenWebhook {
  id: string;
  name: string;
  template: string;
  allowedMethods: string[];
  auth: WebhookAuth;
  authSecrets: string | null;
  allowReserved: boolean;
  rateLimit: number | null;
}

/**
 * The webhook with this slug. One that is off, or whose slug was rotated out, is looked for by the same statement as one that there never
 * was, and is as little found.
 */
export async function findWebhook(ctx: Context, slug: string): Promise<OpenWebhook | null> {
  const found = await lookUp(ctx.db)(digestOf(slug));
  if (found === undefined) return null;
  return ctx.settings.webhooks.requireAuth && found.auth.type === "none" ? null : found;
}

interface Found extends OpenWebhook {
  slugDigest: string;
  /** Null where it is not taken any more. */
  formerDigest: string | null;
}

/** Requests that come at once are looked up by one statement; nothing is kept, so that a change holds at once. */
const lookUp = perDb((db) => {
  let open: { digests: string[]; found: Promise<Map<string, Found>> } | undefined;
  const load = async (digests: readonly string[]): Promise<Map<string, Found>> => {
    const rows = await db.query<Found>(sql`
      SELECT id, name, template, allowed_methods, auth, auth_secrets, allow_reserved, rate_limit, slug_digest,
        CASE WHEN former_until > clock_timestamp() THEN former_digest END AS former_digest
      FROM webhook
      WHERE (slug_digest = ANY (${digests}::text[])
        OR former_digest = ANY (${digests}::text[]) AND former_until > clock_timestamp()) AND enabled`);
    const found = new Map<string, Found>();
    for (const row of rows) {
      found.set(row.slugDigest, row);
      if (row.formerDigest !== null) found.set(row.formerDigest, row);
    }
    return found;
  };
  return async (digest: string): Promise<Found | undefined> => {
    if (open === undefined) {
      const digests: string[] = [];
      const found = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        open = undefined;
        return load(digests);
      });
      open = { digests, found };
    }
    open.digests.push(digest);
    return (await open.found).get(digest);
  };
});
