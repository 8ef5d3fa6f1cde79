import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rotateWebhook } from "../../../server/webhook/rotate-webhook.ts";
import { setWebhookEnabled } from "../../../server/webhook/update-webhook.ts";
import {
  asOperator,
  eventsOf,
  newsOf,
  openWebhook,
  send,
  sendJson,
  startWebhookServer,
  type TestWebhook,
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

/** The one event of a webhook, by which it shows what it made of a request. */
async function only(webhook: TestWebhook) {
  const events = await eventsOf(server, webhook);
  expect(events).toHaveLength(1);
  return events[0];
}

/** A webhook whose event has what `template` makes as the label `made`. */
const showing = (template: string) =>
  openWebhook(server, {
    template: JSON.stringify({
      event: "shown",
      resource: { "prefect.resource.id": "shown", made: template },
    }),
  });

async function made(template: string, sent: Parameters<typeof send>[1]): Promise<string | undefined> {
  const webhook = await showing(template);
  expect(await send(webhook.url, sent)).toBe(204);
  return (await only(webhook))?.resource.made;
}

describe("a request becomes an event", () => {
  it("actions 90: the guide's form by the guide's template", async () => {
    const webhook = await openWebhook(server, {});
    expect(await send(webhook.url, form(guideForm))).toBe(204);
    expect(await only(webhook)).toMatchObject({
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
        events: [(await only(webhook))?.id],
      },
    });
    const row = await asOperator(server).prisma.webhook.findUniqueOrThrow({ where: { id: webhook.id } });
    expect(row).toMatchObject({ receivedCount: 1n, failedCount: 0n, lastReceivedAt: expect.any(Date) });
  });

  it("actions 91: quotes, backslashes and line ends in a value are just characters", async () => {
    for (const name of ['a"b\\c', '", "event": "forged', 'x\n}],"prefect.resource.id":"y', "{{ body }}"]) {
      const webhook = await openWebhook(server, {});
      expect(await send(webhook.url, form({ ...guideForm, friendly_name: name }))).toBe(204);
      const event = await only(webhook);
      expect(event?.event).toBe("model-update");
      expect(event?.resource).toEqual({
        "prefect.resource.id": "product.models.adhoc",
        "prefect.resource.name": name,
        run_count: "10",
      });
    }
  });

  it("actions 92: JSON that is broken is refused, and told; text is tried as JSON first", async () => {
    const webhook = await showing("{{ body.n }}|{{ body }}");
    const json = { headers: { "content-type": "application/json" } };
    expect(await send(webhook.url, { ...json, body: '{"n": ' })).toBe(400);
    expect(await eventsOf(server, webhook)).toEqual([]);
    const failed = (await newsOf(server, webhook)).at(-1);
    expect(failed).toMatchObject({
      event: "prefect.webhook.failed",
      payload: { error: expect.stringContaining("not valid JSON"), body: '{"n": ', rendered: null },
    });
    const plain = { headers: { "content-type": "text/plain; charset=utf-8" } };
    expect(await made("{{ body.n }}|{{ body }}", { ...plain, body: '{"n": 7}' })).toBe('7|{"n":7}');
    expect(await made("{{ body.n }}|{{ body }}", { ...plain, body: "seven {" })).toBe("|seven {");
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

describe("actions 6.2: what templates see", () => {
  const json = (body: string) => ({ headers: { "content-type": "application/vnd.x+json" }, body });

  it("forms: the last value, all values, and names that are no identifiers", async () => {
    const body = "a=1&a=2&friendly-name=x+y%2Bz&%C3%BC=100%&__proto__=p";
    const sent = { headers: { "content-type": "application/x-www-form-urlencoded;charset=UTF-8" }, body };
    const template =
      "{{ body.a }}|{{ form_lists.a|join(',') }}|{{ body['friendly-name'] }}|{{ body['ü'] }}|{{ body['__proto__'] }}";
    expect(await made(template, sent)).toBe("2|1,2|x y+z|100%|p");
  });

  it("multipart forms: texts, and no files", async () => {
    const text = new FormData();
    text.append("a", "1");
    text.append("a", "ü 2");
    expect(await made("{{ body.a }}|{{ form_lists.a|length }}", { body: text })).toBe("ü 2|2");
    text.append("file", new Blob(["x"]), "x.txt");
    const webhook = await showing("x");
    expect(await send(webhook.url, { body: text })).toBe(400);
    expect((await newsOf(server, webhook)).at(-1)?.payload.error).toContain('"file" is a file');
  });

  it("JSON: types of its own, `__proto__` like any key, the last of two keys, 64 levels", async () => {
    const body = '{"__proto__": {"x": 1}, "n": 1, "n": 2.5, "t": true, "o": {"k": [1]}, "$": "d"}';
    expect(
      await made(
        "{{ body['__proto__'].x }}|{{ body.n + 1 }}|{{ body.t }}|{{ body.o }}|{{ body['$'] }}",
        json(body),
      ),
    ).toBe('1|3.5|true|{"k":[1]}|d');
    expect(await made("{{ body.x|default('none') }}", json(body))).toBe("none");
    const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
    expect(await made("{{ body|length }}", json(nested(64)))).toBe("1");
    const webhook = await showing("x");
    expect(await send(webhook.url, json(nested(65)))).toBe(400);
    expect((await newsOf(server, webhook)).at(-1)?.payload.error).toContain("64 levels");
  });

  it("headers in any case, without what is secret; the query; the method", async () => {
    const webhook = await showing(
      "{{ headers['X-Custom'] }}|{{ headers['x-custom'] }}|{{ 'X-CUSTOM' in headers }}|{{ headers.get('X-Custom') }}|{{ headers['Authorization'] }}|{{ headers.cookie }}|{{ headers['x-forwarded-for'] }}|{{ headers['X-Gitlab-Token'] }}|{{ query.q }}|{{ query_lists.q|join(',') }}|{{ method }}",
    );
    const headers = {
      "X-Custom": "c",
      authorization: "Bearer secret-1",
      cookie: "secret-2",
      "x-forwarded-for": "10.0.0.1",
      "x-gitlab-token": "secret-3",
    };
    expect(await send(`${webhook.url}?q=1&q=a%20b`, { method: "PUT", headers })).toBe(204);
    expect((await only(webhook))?.resource.made).toBe("c|c|true|c|||||a b|1,a b|PUT");
    const kept = await asOperator(server).prisma.webhookDelivery.findMany({
      where: { webhookId: webhook.id },
    });
    expect(
      JSON.stringify([kept, await newsOf(server, webhook), await eventsOf(server, webhook)], text),
    ).not.toContain("secret-");
  });

  it("no body is undefined; bytes that are no text are refused; another charset is read", async () => {
    expect(await made("{{ body.x|default('y') }}", {})).toBe("y");
    const webhook = await showing("x");
    expect(await send(webhook.url, { body: Uint8Array.of(0xff, 0xfe) })).toBe(400);
    expect(
      await send(webhook.url, { body: new URLSearchParams(), headers: { "content-type": "text/plain" } }),
    ).toBe(204);
    const latin = {
      headers: { "content-type": "text/plain; charset=iso-8859-1" },
      body: Uint8Array.of(0xfc),
    };
    expect(await made("{{ body }}", latin)).toBe("ü");
    expect(
      await send(webhook.url, {
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: "a=%ff",
      }),
    ).toBe(400);
  });

  it("more than 100 headers are refused", async () => {
    const webhook = await showing("x");
    const headers = Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`x-${at}`, "1"]));
    expect(await send(webhook.url, { headers })).toBe(400);
  });
});

describe("actions 6.3: what a template makes", () => {
  const resource = { "prefect.resource.id": "r" };

  async function result(template: string, sent: Parameters<typeof send>[1] = {}) {
    const webhook = await openWebhook(server, { template });
    const status = await send(webhook.url, sent);
    const error = (await newsOf(server, webhook)).at(-1)?.payload.error;
    return { status, events: await eventsOf(server, webhook), error };
  }

  it("labels are texts: numbers and booleans become so, null is dropped, anything else is refused", async () => {
    const body = JSON.stringify({ resource: { "prefect.resource.id": 7, flag: true, none: null } });
    const text = '{"event": "e", "resource": {{ body.resource|tojson }}}';
    const { events } = await result(text, { body });
    expect(events[0]?.resource).toEqual({ "prefect.resource.id": "7", flag: "true" });
    const bad = await result(text, { body: '{"resource": {"prefect.resource.id": "x", "list": [1]}}' });
    expect(bad).toMatchObject({ status: 400, events: [], error: expect.stringContaining("resource.list") });
  });

  it("a moment, an id, related resources, a payload and what came before can be said", async () => {
    const id = "01890000-0000-7000-8000-000000000001";
    const event = {
      event: "e",
      resource,
      occurred: "{{ body.at }}",
      id: "{{ body.id }}",
      follows: "",
      related: [{ "prefect.resource.id": "{{ body.by }}", "prefect.resource.role": "user" }],
      payload: { by: ["{{ body.by }}"] },
    };
    const body = JSON.stringify({ at: "2026-01-31T12:00:00.1+01:00", id, by: "Ada" });
    const { status, events } = await result(JSON.stringify(event), { body });
    expect(status).toBe(204);
    expect(events).toMatchObject([
      {
        id,
        occurred: new Date("2026-01-31T11:00:00.100Z"),
        related: [{ "prefect.resource.id": "Ada" }, { "prefect.resource.role": "webhook" }],
        payload: { by: ["Ada"] },
        follows: null,
      },
    ]);
    const late = JSON.stringify({ at: "2999-01-01T00:00:00Z", id: "", by: "x" });
    expect(await result(JSON.stringify(event), { body: late })).toMatchObject({
      status: 400,
      error: expect.stringContaining("ahead of the server's clock"),
    });
    const never = JSON.stringify({ at: "yesterday", id: "7", by: "x" });
    expect(await result(JSON.stringify(event), { body: never })).toMatchObject({
      status: 400,
      error: expect.stringContaining('occurred: "yesterday" is no time'),
    });
  });

  it("decisions 22: names of the server's own need the webhook's leave, and those of webhooks never have it", async () => {
    const template = JSON.stringify({ event: "{{ body }}", resource });
    for (const allowReserved of [false, true]) {
      const webhook = await openWebhook(server, { template, allowReserved });
      expect(await send(webhook.url, { body: "prefect.flow-run.Failed" })).toBe(allowReserved ? 204 : 400);
      expect(await send(webhook.url, { body: "prefect.webhook.received" })).toBe(400);
      expect(await send(webhook.url, { body: "prefect" })).toBe(204);
    }
  });

  it("a list of events is taken whole or not at all, and has at most 100", async () => {
    const template = "{{ body|tojson }}";
    const events = Array.from({ length: 100 }, (_, at) => ({ event: `e${at}`, resource }));
    const taken = await result(template, { body: JSON.stringify(events) });
    expect(taken.events.map(({ event }) => event)).toEqual(events.map(({ event }) => event));
    const spoilt = [...events.slice(1), { event: "", resource }];
    expect(await result(template, { body: JSON.stringify(spoilt) })).toMatchObject({
      status: 400,
      events: [],
    });
    const more = JSON.stringify([...events, ...events.slice(0, 1)]);
    expect(await result(template, { body: more })).toMatchObject({
      status: 400,
      error: expect.stringContaining("101 events"),
    });
  });

  it("what fails is told with its line and column, and with what was rendered", async () => {
    const webhook = await openWebhook(server, { template: 'x\n{{ body.n + "" }}' });
    expect(await sendJson(webhook.url, { n: null })).toBe(400);
    expect((await newsOf(server, webhook)).at(-1)).toMatchObject({
      event: "prefect.webhook.failed",
      payload: { line: 2, error: expect.stringContaining("Template rendering failed") },
    });
    const text = await result("no {{ body }}", { body: "json" });
    expect(text).toMatchObject({ status: 400, error: expect.stringContaining("not JSON") });
    const unknown = await result('{"event": "e", "resource": {"prefect.resource.id": "r"}, "evnt": {{ 1 }}}');
    expect(unknown).toMatchObject({ status: 400, error: expect.stringContaining('did you mean "event"') });
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

function text(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}
