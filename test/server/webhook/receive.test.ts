import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rotateWebhook } from "../../../server/webhook/rotate-webhook.ts";
import { setWebhookEnabled } from "../../../server/webhook/update-webhook.ts";
import {
  asOperator,
  eventsOf,
  made,
  newsOf,
  only,
  openWebhook,
  send,
  showing,
  startWebhookServer,
  urlOf,
} from "../../support/webhooks.ts";
import type { TestServer } from "../../support/wire.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startWebhookServer();
});
afterAll(async () => {
  expect(server.reports).toEqual([]);
  await server.close();
});

const form = (fields: Record<string, string>) => ({ body: new URLSearchParams(fields) });
const guideForm = { model_id: "adhoc", run_count: "10", friendly_name: "test-user-input" };

describe("a request becomes an event", () => {
  it("actions 90: the guide's form by the guide's template", async () => {
    const webhook = await openWebhook(server, {});
    expect(await send(webhook.url, form(guideForm))).toBe(204);
    expect(await only(server, webhook)).toMatchObject({
      event: "model-update",
      resource: {
        "prefect.resource.id": "product.models.adhoc",
        "prefect.resource.name": "test-user-input",
        run_count: "10",
      },
      related: [
        {
          "prefect.resource.id": `prefect.webhook.${webhook.id}`,
          "prefect.resource.role": "webhook",
          "prefect.resource.name": webhook.name,
        },
      ],
      payload: { method: "POST", body: guideForm },
    });
    const [, received] = await newsOf(server, webhook);
    expect(received).toMatchObject({
      event: "prefect.webhook.received",
      payload: {
        method: "POST",
        body: "model_id=adhoc&run_count=10&friendly_name=test-user-input",
        rendered: expect.stringContaining('"product.models.adhoc"'),
        events: [(await only(server, webhook)).id],
      },
    });
    const row = await asOperator(server).prisma.webhook.findUniqueOrThrow({ where: { id: webhook.id } });
    expect(row).toMatchObject({ receivedCount: 1n, failedCount: 0n, lastReceivedAt: expect.any(Date) });
  });

  it("actions 91: quotes, backslashes and line ends in a value are just characters", async () => {
    for (const name of ['a"b\\c', '", "event": "forged', 'x\n}],"prefect.resource.id":"y', "{{ body }}"]) {
      const webhook = await openWebhook(server, {});
      expect(await send(webhook.url, form({ ...guideForm, friendly_name: name }))).toBe(204);
      const event = await only(server, webhook);
      expect(event.event).toBe("model-update");
      expect(event?.resource).toEqual({
        "prefect.resource.id": "product.models.adhoc",
        "prefect.resource.name": name,
        run_count: "10",
      });
    }
  });

  it("actions 92: JSON that is broken is refused, and told; text is tried as JSON first", async () => {
    const webhook = await showing(server, "{{ body.n }}|{{ body }}");
    const json = { headers: { "content-type": "application/json" } };
    expect(await send(webhook.url, { ...json, body: '{"n": ' })).toBe(400);
    expect(await eventsOf(server, webhook)).toEqual([]);
    const failed = (await newsOf(server, webhook)).at(-1);
    expect(failed).toMatchObject({
      event: "prefect.webhook.failed",
      payload: { error: expect.stringContaining("not valid JSON"), body: '{"n": ', rendered: null },
    });
    const plain = { headers: { "content-type": "text/plain; charset=utf-8" } };
    expect(await made(server, "{{ body.n }}|{{ body }}", { ...plain, body: '{"n": 7}' })).toBe('7|{"n":7}');
    expect(await made(server, "{{ body.n }}|{{ body }}", { ...plain, body: "seven {" })).toBe("|seven {");
    const row = await asOperator(server).prisma.webhook.findUniqueOrThrow({ where: { id: webhook.id } });
    expect(row).toMatchObject({ receivedCount: 0n, failedCount: 1n });
  });

  it("actions 93: disabled, rotated and unknown are one 404; HEAD and GET will do where nothing is read; a body has 1 MiB", async () => {
    const template = '{"event": "ping", "resource": {"prefect.resource.id": "ping"}}';
    const webhook = await openWebhook(server, { template });
    for (const method of ["HEAD", "GET", "DELETE", "PUT", "PATCH"])
      expect(await send(webhook.url, { method })).toBe(204);
    expect(await eventsOf(server, webhook)).toHaveLength(5);
    const body = new Uint8Array(1024 * 1024 + 1);
    expect(await send(webhook.url, { body })).toBe(413);
    expect(await send(webhook.url, { body: body.subarray(1).fill(97) })).toBe(204);

    const answers: unknown[] = [];
    const note = async (url: string) => {
      const response = await fetch(url, { method: "POST", body: "x" });
      const headers = [...response.headers].filter(([name]) => name !== "date");
      answers.push([response.status, headers, await response.text()]);
    };
    await note(`${server.origin}/hooks/34iV2SFke3mVa6y5Y-YUoA`);
    await setWebhookEnabled(asOperator(server), webhook.id, false);
    await note(webhook.url);
    await setWebhookEnabled(asOperator(server), webhook.id, true);
    await rotateWebhook(asOperator(server), { id: webhook.id });
    await note(webhook.url);
    expect(answers[0]).toEqual([404, expect.anything(), ""]);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect(await send(await urlOf(server, webhook.id))).toBe(204);
  });

  it("a rotated URL is taken as long as was said, and the webhook keeps its history", async () => {
    const webhook = await openWebhook(server, {});
    await send(webhook.url, form(guideForm));
    await rotateWebhook(asOperator(server), { id: webhook.id, graceSeconds: 3600 });
    expect(await send(webhook.url, form(guideForm))).toBe(204);
    expect(await send(await urlOf(server, webhook.id), form(guideForm))).toBe(204);
    await asOperator(server).prisma.webhook.update({
      where: { id: webhook.id },
      data: { formerUntil: new Date(Date.now() - 1) },
    });
    expect(await send(webhook.url, form(guideForm))).toBe(404);
    expect(await eventsOf(server, webhook)).toHaveLength(3);
  });
});

describe("a request that comes again", () => {
  const template = JSON.stringify({ event: "e", resource: { "prefect.resource.id": "r" } });

  it.each<Record<string, string>>([
    { "webhook-id": "msg_1" },
    { "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958" },
    { "ce-id": "1", "ce-source": "/s" },
  ])("is known by %o: one event of two, and of two webhooks two", async (headers) => {
    const [one, other] = [await openWebhook(server, { template }), await openWebhook(server, { template })];
    for (const { url } of [one, one, other]) expect(await send(url, { headers })).toBe(204);
    expect(await eventsOf(server, one)).toHaveLength(1);
    expect(await eventsOf(server, other)).toHaveLength(1);
    // Both were answered, so both are told.
    expect((await newsOf(server, one)).filter(({ event }) => event.endsWith("received"))).toHaveLength(2);
  });

  it("is a new one where nothing says otherwise, also at the same moment", async () => {
    const webhook = await openWebhook(server, { template });
    const answers = await Promise.all(Array.from({ length: 50 }, () => send(webhook.url)));
    expect(answers.every((status) => status === 204)).toBe(true);
    expect(await eventsOf(server, webhook)).toHaveLength(50);
    const row = await asOperator(server).prisma.webhook.findUniqueOrThrow({ where: { id: webhook.id } });
    expect(row.receivedCount).toBe(50n);
  });
});

describe("actions 6.4: answers", () => {
  it("a method that is not taken, with those that are", async () => {
    const webhook = await openWebhook(server, { allowedMethods: ["post"] });
    const response = await fetch(webhook.url, { method: "GET" });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
    expect((await fetch(webhook.url, { method: "OPTIONS" })).status).toBe(405);
  });

  it("more than the rate, with when to come again", async () => {
    const webhook = await openWebhook(server, { rateLimit: 0.001 });
    expect(await send(webhook.url, form(guideForm))).toBe(204);
    const response = await fetch(webhook.url, { method: "POST", ...form(guideForm) });
    expect(response.status).toBe(429);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await eventsOf(server, webhook)).toHaveLength(1);
  });

  it("is asked from any origin, for nothing there looks at cookies", async () => {
    const webhook = await openWebhook(server, {});
    expect(
      await send(webhook.url, { ...form(guideForm), headers: { origin: "https://elsewhere.example" } }),
    ).toBe(204);
  });
});
