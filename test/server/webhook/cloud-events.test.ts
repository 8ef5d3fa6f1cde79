import { afterAll, beforeAll, expect, it } from "vitest";
import {
  eventsOf,
  newsOf,
  openWebhook,
  send,
  sendJson,
  startWebhookServer,
  type TestWebhook,
} from "../../support/webhooks.ts";
import type { TestServer } from "../../support/wire.ts";

let server: TestServer;
let webhook: TestWebhook;
beforeAll(async () => {
  server = await startWebhookServer();
});
afterAll(async () => {
  expect(server.reports).toEqual([]);
  await server.close();
});

const template = "{{ body|from_cloud_event(headers) }}";
const cloudEvent = {
  specversion: "1.0",
  type: "com.example.object.created",
  source: "/mycontext/4",
  id: "A234-1234-1234",
  time: "2026-01-05T17:31:00.123456Z",
};
const structured = { "content-type": "application/cloudevents+json; charset=utf-8" };

it("actions 95: without a subject the resource is the source; the same id again makes no second event", async () => {
  webhook = await openWebhook(server, { template });
  const given = { ...cloudEvent, data: { n: [1, "ü"] } };
  expect(await sendJson(webhook.url, given, structured)).toBe(204);
  expect(await sendJson(webhook.url, { ...given, data: "again" }, structured)).toBe(204);
  expect(await eventsOf(server, webhook)).toMatchObject([
    {
      event: "com.example.object.created",
      occurred: new Date("2026-01-05T17:31:00.123Z"),
      resource: { "prefect.resource.id": "/mycontext/4" },
      payload: { data: { n: [1, "ü"] }, cloudevents: cloudEvent },
    },
  ]);
  expect(await sendJson(webhook.url, { ...given, source: "/mycontext/5" }, structured)).toBe(204);
  expect(await eventsOf(server, webhook)).toHaveLength(2);
});

it("in headers, with the same identity as in the body", async () => {
  webhook = await openWebhook(server, { template });
  const headers = {
    "ce-specversion": "1.0",
    "ce-type": "t",
    "ce-source": "/s",
    "ce-id": "1",
    "ce-subject": "caf%C3%A9",
    "content-type": "application/json",
  };
  expect(await send(webhook.url, { headers, body: '{"a": 1}' })).toBe(204);
  const whole = { specversion: "1.0", type: "t", source: "/s", id: "1", subject: "café", data: { a: 1 } };
  expect(await sendJson(webhook.url, whole, structured)).toBe(204);
  expect(await eventsOf(server, webhook)).toMatchObject([
    { resource: { "prefect.resource.id": "café" }, payload: { data: { a: 1 } } },
  ]);
});

it("data in base64 is decoded where it is JSON", async () => {
  webhook = await openWebhook(server, { template });
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  const json = base64('{"x": "ü€", "__proto__": [1]}');
  const plain = base64("no JSON");
  await sendJson(webhook.url, { ...cloudEvent, id: "1", data_base64: json }, structured);
  await sendJson(webhook.url, { ...cloudEvent, id: "2", data_base64: plain }, structured);
  const [one, two] = await eventsOf(server, webhook);
  expect(JSON.stringify(one?.payload.data)).toBe('{"x":"ü€","__proto__":[1]}');
  expect(two?.payload.data).toBe(plain);
});

it("in batches, all of them or none", async () => {
  webhook = await openWebhook(server, { template });
  const batch = { "content-type": "application/cloudevents-batch+json" };
  const events = [1, 2, 3].map((id) => ({ ...cloudEvent, id: String(id) }));
  expect(await sendJson(webhook.url, events, batch)).toBe(204);
  expect(await sendJson(webhook.url, [...events, { ...cloudEvent, id: "4" }], batch)).toBe(204);
  expect(await eventsOf(server, webhook)).toHaveLength(4);
  const { source: _, ...without } = cloudEvent;
  expect(await sendJson(webhook.url, [{ ...cloudEvent, id: "5" }, without], batch)).toBe(400);
  expect(await eventsOf(server, webhook)).toHaveLength(4);
});

it.each(["specversion", "type", "source", "id"])("one without %s is refused", async (attribute) => {
  webhook = await openWebhook(server, { template });
  expect(await sendJson(webhook.url, { ...cloudEvent, [attribute]: undefined as never }, structured)).toBe(
    400,
  );
  expect((await newsOf(server, webhook)).at(-1)?.payload.error).toContain(`has no ${attribute}`);
});
