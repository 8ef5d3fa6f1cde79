import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  asOperator,
  eventsOf,
  made,
  newsOf,
  only,
  openWebhook,
  send,
  sendJson,
  showing,
  startWebhookServer,
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

describe("actions 6.2: what templates see", () => {
  const json = (body: string) => ({ headers: { "content-type": "application/vnd.x+json" }, body });

  it("forms: the last value, all values, and names that are no identifiers", async () => {
    const body = "a=1&a=2&friendly-name=x+y%2Bz&%C3%BC=100%&__proto__=p";
    const sent = { headers: { "content-type": "application/x-www-form-urlencoded;charset=UTF-8" }, body };
    const template =
      "{{ body.a }}|{{ form_lists.a|join(',') }}|{{ body['friendly-name'] }}|{{ body['ü'] }}|{{ body['__proto__'] }}";
    expect(await made(server, template, sent)).toBe("2|1,2|x y+z|100%|p");
  });

  it("multipart forms: texts, and no files", async () => {
    const text = new FormData();
    text.append("a", "1");
    text.append("a", "ü 2");
    expect(await made(server, "{{ body.a }}|{{ form_lists.a|length }}", { body: text })).toBe("ü 2|2");
    text.append("file", new Blob(["x"]), "x.txt");
    const webhook = await showing(server, "x");
    expect(await send(webhook.url, { body: text })).toBe(400);
    expect((await newsOf(server, webhook)).at(-1)?.payload.error).toContain('"file" is a file');
  });

  it("JSON: types of its own, `__proto__` like any key, the last of two keys, 64 levels", async () => {
    const body = '{"__proto__": {"x": 1}, "n": 1, "n": 2.5, "t": true, "o": {"k": [1]}, "$": "d"}';
    expect(
      await made(
        server,
        "{{ body['__proto__'].x }}|{{ body.n + 1 }}|{{ body.t }}|{{ body.o }}|{{ body['$'] }}",
        json(body),
      ),
    ).toBe('1|3.5|true|{"k":[1]}|d');
    expect(await made(server, "{{ body.x|default('none') }}", json(body))).toBe("none");
    const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
    expect(await made(server, "{{ body|length }}", json(nested(64)))).toBe("1");
    const webhook = await showing(server, "x");
    expect(await send(webhook.url, json(nested(65)))).toBe(400);
    expect((await newsOf(server, webhook)).at(-1)?.payload.error).toContain("64 levels");
  });

  it("headers in any case, without what is secret; the query; the method", async () => {
    const webhook = await showing(
      server,
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
    expect((await only(server, webhook)).resource.made).toBe("c|c|true|c|||||a b|1,a b|PUT");
    const kept = await asOperator(server).prisma.webhookDelivery.findMany({
      where: { webhookId: webhook.id },
    });
    expect(
      JSON.stringify([kept, await newsOf(server, webhook), await eventsOf(server, webhook)], text),
    ).not.toContain("secret-");
  });

  it("no body is undefined; bytes that are no text are refused; another charset is read", async () => {
    expect(await made(server, "{{ body.x|default('y') }}", {})).toBe("y");
    const webhook = await showing(server, "x");
    expect(await send(webhook.url, { body: Uint8Array.of(0xff, 0xfe) })).toBe(400);
    expect(
      await send(webhook.url, { body: new URLSearchParams(), headers: { "content-type": "text/plain" } }),
    ).toBe(204);
    const latin = {
      headers: { "content-type": "text/plain; charset=iso-8859-1" },
      body: Uint8Array.of(0xfc),
    };
    expect(await made(server, "{{ body }}", latin)).toBe("ü");
    expect(
      await send(webhook.url, {
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: "a=%ff",
      }),
    ).toBe(400);
  });

  it("more than 100 headers are refused", async () => {
    const webhook = await showing(server, "x");
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

function text(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}
