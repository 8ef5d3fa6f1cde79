import sql from "sql-template-tag";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readDeliveries } from "../../../server/webhook/read-deliveries.ts";
import { replayDelivery } from "../../../server/webhook/replay.ts";
import { updateWebhook } from "../../../server/webhook/update-webhook.ts";
import { forgetDeliveries } from "../../../server/worker/forget-deliveries.ts";
import {
  asOperator,
  eventsOf,
  newsOf,
  openWebhook,
  send,
  sendJson,
  startWebhookServer,
} from "../../support/webhooks.ts";
import type { TestServer } from "../../support/wire.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startWebhookServer({ ANTIPHON_WEBHOOK_DELIVERIES: "5" });
});
afterAll(() => server.close());

const wrong = '{"event": "e", "resource": {"prefect.resource.id": "{{ body.a.b() }}"}}';
const right = '{"event": "e", "resource": {"prefect.resource.id": "{{ body.a }}"}}';

it("a request that failed can be taken again by a template that was mended", async () => {
  const ctx = asOperator(server);
  const webhook = await openWebhook(server, { template: wrong });
  expect(await sendJson(webhook.url, { a: "x" }, { "webhook-id": "1" })).toBe(400);
  const [failed] = await readDeliveries(ctx, { webhookId: webhook.id, first: 10 });
  expect(failed).toMatchObject({ statusCode: 400, method: "POST", bytes: 9, eventIds: [], replayOf: null });
  await updateWebhook(ctx, webhook.id, { name: webhook.name, template: right });
  const id = await replayDelivery(ctx, failed?.id ?? "");
  const events = await eventsOf(server, webhook);
  expect(events).toMatchObject([{ resource: { "prefect.resource.id": "x" }, payload: { body: { a: "x" } } }]);
  const [replay] = await readDeliveries(ctx, { webhookId: webhook.id, first: 10 });
  expect(replay).toMatchObject({ id, statusCode: 204, replayOf: failed?.id, eventIds: [events[0]?.id] });
  expect((await newsOf(server, webhook)).at(-1)).toMatchObject({
    event: "prefect.webhook.received",
    payload: { replay_of: failed?.id, events: [events[0]?.id] },
  });
  // What made it known then makes it known now.
  await replayDelivery(ctx, id);
  expect(await sendJson(webhook.url, { a: "x" }, { "webhook-id": "1" })).toBe(204);
  expect(await eventsOf(server, webhook)).toHaveLength(1);
});

it("what nobody proved to have sent is not taken again, and neither is what there is not", async () => {
  const ctx = asOperator(server);
  const webhook = await openWebhook(server, { template: right, auth: { type: "bearer" } });
  expect(await sendJson(webhook.url, { a: "forged" })).toBe(401);
  const [refused] = await readDeliveries(ctx, { webhookId: webhook.id, first: 10 });
  await expect(replayDelivery(ctx, refused?.id ?? "")).rejects.toThrow(/nobody proved/);
  await expect(replayDelivery(ctx, webhook.id)).rejects.toMatchObject({ name: "NotFoundError" });
  await expect(replayDelivery(ctx, "x")).rejects.toMatchObject({ name: "NotFoundError" });
});

it("the newest are kept, of each webhook as many as the setting says", async () => {
  const ctx = asOperator(server);
  const busy = await openWebhook(server, { template: right });
  const calm = await openWebhook(server, { template: right });
  await sendJson(calm.url, { a: "only" });
  for (let at = 0; at < 8; at++) await sendJson(busy.url, { a: String(at) });
  const before = await readDeliveries(ctx, { webhookId: busy.id, first: 100 });
  expect(before).toHaveLength(8);
  await forgetDeliveries(ctx);
  expect(await readDeliveries(ctx, { webhookId: busy.id, first: 100 })).toEqual(before.slice(0, 5));
  expect(await readDeliveries(ctx, { webhookId: calm.id, first: 100 })).toHaveLength(1);
});

it("what cannot be stored is answered with 503, and nothing is half-done", async () => {
  const ctx = asOperator(server);
  const webhook = await openWebhook(server, { template: right });
  await ctx.db.query(sql`ALTER TABLE event_log RENAME TO event_log_away`);
  const response = await fetch(webhook.url, { method: "POST", body: '{"a": "x"}' });
  await ctx.db.query(sql`ALTER TABLE event_log_away RENAME TO event_log`);
  expect([response.status, response.headers.get("retry-after")]).toEqual([503, "5"]);
  expect(server.reports.splice(0)).toMatchObject([{ what: expect.stringContaining("could not store") }]);
  expect(await readDeliveries(ctx, { webhookId: webhook.id, first: 10 })).toEqual([]);
  expect(await send(webhook.url, { body: '{"a": "x"}' })).toBe(204);
  expect((await ctx.prisma.webhook.findUniqueOrThrow({ where: { id: webhook.id } })).receivedCount).toBe(1n);
});

it("NUL, half a surrogate pair and a deep body do not keep an event from being stored", async () => {
  const webhook = await openWebhook(server, {
    template: '{"event": "e", "resource": {"prefect.resource.id": "r"}}',
  });
  const deep = `${"[".repeat(64)}${"]".repeat(64)}`;
  for (const body of ['{"a\\u0000": "\\u0000\\ud800"}', deep, "a\0b"])
    expect(await send(webhook.url, { body })).toBe(204);
  expect((await eventsOf(server, webhook)).map(({ payload }) => payload.body)).toEqual([
    { "a\uFFFD": "\uFFFD\uFFFD" },
    deep,
    "a\uFFFDb",
  ]);
  const shown = await openWebhook(server, {
    template: '{"event": "e", "resource": {"prefect.resource.id": "{{ body }}"}}',
  });
  expect(await send(shown.url, { body: "a\0b" })).toBe(400);
  expect((await newsOf(server, shown)).at(-1)?.payload.error).toContain("NUL");
});
