import sql from "sql-template-tag";
import type { Json } from "../../core/json.ts";
import type { Context } from "../../server/context.ts";
import { type EventRow, eventColumns } from "../../server/event/row.ts";
import { schema } from "../../server/graphql/schema.ts";
import type { WebhookArgs } from "../../server/webhook/check-webhook.ts";
import { createWebhook } from "../../server/webhook/create-webhook.ts";
import { slugPlace } from "../../server/webhook/slug.ts";
import { patientTemplates } from "./templates.ts";
import { startTestServer, type TestServer } from "./wire.ts";

/** The template of the guide. */
export const guideTemplate = `{
  "event": "model-update",
  "resource": {
    "prefect.resource.id": "product.models.{{ body.model_id}}",
    "prefect.resource.name": "{{ body.friendly_name }}",
    "run_count": "{{body.run_count}}"
  }
}`;

/** A server whose templates have the time of the tests. */
export async function startWebhookServer(env: Record<string, string> = {}): Promise<TestServer> {
  const server = await startTestServer({ schema, env });
  const { context } = server;
  await context.templates.close();
  context.templates = patientTemplates();
  return server;
}

export function asOperator({ context }: TestServer): Context {
  return { ...context, actor: { kind: "operator" } };
}

export interface TestWebhook {
  id: string;
  name: string;
  token: string | null;
  url: string;
}

/** Creates a webhook under a name of its own, and says where it is. */
export async function openWebhook(server: TestServer, args: Partial<WebhookArgs>): Promise<TestWebhook> {
  const ctx = asOperator(server);
  const name = args.name ?? `webhook ${ctx.newId()}`;
  const { id, token } = await createWebhook(ctx, { template: guideTemplate, ...args, name });
  return { id, name, token, url: await urlOf(server, id) };
}

/** Where a webhook is now. */
export async function urlOf(server: TestServer, id: string): Promise<string> {
  const ctx = asOperator(server);
  const { slug } = await ctx.prisma.webhook.findUniqueOrThrow({ where: { id } });
  return `${server.origin}/hooks/${ctx.secrets.open(slug, slugPlace(id))}`;
}

export interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array | URLSearchParams | FormData;
}

/** Calls a webhook. @returns the status of the answer */
export async function send(url: string, sent: Sent = {}): Promise<number> {
  const response = await fetch(url, { method: "POST", ...sent } as RequestInit);
  await response.arrayBuffer();
  return response.status;
}

/** Calls a webhook with a JSON body. @returns the status of the answer */
export function sendJson(url: string, body: Json, headers: Record<string, string> = {}): Promise<number> {
  return send(url, {
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

/** The events that came by a webhook, in the log's order: not those that tell of its requests. */
export function eventsOf(server: TestServer, { id }: { id: string }): Promise<EventRow[]> {
  const related = JSON.stringify([{ "prefect.resource.id": `prefect.webhook.${id}` }]);
  return asOperator(server).db.query<EventRow>(sql`
    SELECT ${eventColumns} FROM event e WHERE e.related::jsonb @> ${related}::jsonb ORDER BY e.position`);
}

/** The one event of a webhook, by which it shows what it made of a request. */
export async function only(server: TestServer, webhook: { id: string }): Promise<EventRow> {
  const [event, ...more] = await eventsOf(server, webhook);
  if (event === undefined || more.length > 0) throw new Error("not exactly one event");
  return event;
}

/** A webhook whose event has what `template` makes as the label `made`. */
export const showing = (server: TestServer, template: string) =>
  openWebhook(server, {
    template: JSON.stringify({
      event: "shown",
      resource: { "prefect.resource.id": "shown", made: template },
    }),
  });

/** What `template` makes of a request. */
export async function made(server: TestServer, template: string, sent: Sent): Promise<string | undefined> {
  const webhook = await showing(server, template);
  const status = await send(webhook.url, sent);
  if (status !== 204) throw new Error(`refused with ${status}`);
  return (await only(server, webhook)).resource.made;
}

/** The events that tell of a webhook and its requests, in the log's order. */
export function newsOf(server: TestServer, { id }: { id: string }): Promise<EventRow[]> {
  return asOperator(server).db.query<EventRow>(sql`
    SELECT ${eventColumns} FROM event e WHERE e.resource->>'prefect.resource.id' = ${`prefect.webhook.${id}`} ORDER BY e.position`);
}
