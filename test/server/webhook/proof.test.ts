import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuthArgs } from "../../../server/webhook/check-auth.ts";
import { rotateWebhookToken } from "../../../server/webhook/rotate-webhook.ts";
import { updateWebhook } from "../../../server/webhook/update-webhook.ts";
import {
  asOperator,
  eventsOf,
  newsOf,
  openWebhook,
  send,
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

const template = '{"event": "e", "resource": {"prefect.resource.id": "{{ body.a }}"}}';
const secret = "it's a secret to everybody";
const other = "another secret";
const whsec = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
/** White space that a parser would lose. */
const body = '{ "a": "ü"  }';
const now = () => Math.floor(Date.now() / 1000);

type Algorithm = "sha1" | "sha256" | "sha512";
const sign = (text: string, { key = secret as string | Buffer, algorithm = "sha256" as Algorithm } = {}) =>
  createHmac(algorithm, key).update(text);

interface Case {
  auth: AuthArgs;
  /** The headers of a request with this body, signed at this time. */
  headers(text: string, at: number): Record<string, string>;
  hasTime: boolean;
}

const cases: Record<string, Case> = {
  github: {
    auth: { type: "github", secrets: [secret] },
    headers: (text) => ({ "X-Hub-Signature-256": `sha256=${sign(text).digest("hex")}` }),
    hasTime: false,
  },
  stripe: {
    auth: { type: "stripe", secrets: [secret] },
    headers: (text, at) => ({
      "Stripe-Signature": `t=${at},v1=${"0".repeat(64)},v1=${sign(`${at}.${text}`).digest("hex")},v0=x`,
    }),
    hasTime: true,
  },
  slack: {
    auth: { type: "slack", secrets: [secret] },
    headers: (text, at) => ({
      "X-Slack-Request-Timestamp": String(at),
      "X-Slack-Signature": `v0=${sign(`v0:${at}:${text}`).digest("hex")}`,
    }),
    hasTime: true,
  },
  "standard-webhooks": {
    auth: { type: "standard-webhooks", secrets: [whsec] },
    headers: (text, at) => {
      const signature = sign(`m.${at}.${text}`, { key: Buffer.alloc(32, 7) }).digest("base64");
      return {
        "webhook-id": "m",
        "webhook-timestamp": String(at),
        "webhook-signature": `v1,x v1,${signature}`,
      };
    },
    hasTime: true,
  },
  "hmac in hex": {
    auth: { type: "hmac", secrets: [secret], header: "X-Sig", prefix: "sha512=", algorithm: "sha512" },
    headers: (text) => ({
      "x-sig": `sha512=${sign(text, { algorithm: "sha512" }).digest("hex").toUpperCase()}`.replace(
        "SHA",
        "sha",
      ),
    }),
    hasTime: false,
  },
  "hmac in base64 with a time": {
    auth: { type: "hmac", secrets: [secret], header: "x-sig", encoding: "base64", timestampHeader: "X-Time" },
    headers: (text, at) => ({ "x-time": String(at), "x-sig": sign(`${at}.${text}`).digest("base64") }),
    hasTime: true,
  },
};

describe("actions 94: signed requests", () => {
  it.each(Object.entries(cases))("%s: over the bytes as they came; else 401 and no event", async (_, one) => {
    const webhook = await openWebhook(server, { template, auth: one.auth });
    const post = (text: string, headers: Record<string, string>) =>
      send(webhook.url, { body: text, headers: { "content-type": "application/json", ...headers } });
    expect(await post(body, one.headers(body, now()))).toBe(204);
    expect(await eventsOf(server, webhook)).toMatchObject([{ resource: { "prefect.resource.id": "ü" } }]);
    expect(await post(body.replace("ü", "u"), one.headers(body, now()))).toBe(401);
    expect(await post(body.replace("  ", " "), one.headers(body, now()))).toBe(401);
    for (const missing of Object.keys(one.headers(body, now()))) {
      const headers = one.headers(body, now());
      delete headers[missing];
      expect(await post(body, headers)).toBe(401);
    }
    if (one.hasTime) {
      expect(await post(body, one.headers(body, now() - 310))).toBe(401);
      expect(await post(body, one.headers(body, now() + 500))).toBe(401);
      expect(await post(body, one.headers(body, Number.NaN))).toBe(401);
    }
    expect(await eventsOf(server, webhook)).toHaveLength(1);
    // What a stranger sends is counted and noted, without its body, but not told in the log.
    expect((await newsOf(server, webhook)).map(({ event }) => event)).toEqual([
      "prefect.webhook.created",
      "prefect.webhook.received",
    ]);
    const kept = await asOperator(server).prisma.webhookDelivery.findMany({
      where: { webhookId: webhook.id },
    });
    const refused = kept.filter(({ statusCode }) => statusCode === 401);
    expect(refused.length).toBeGreaterThanOrEqual(3);
    expect(refused.every(({ body, error }) => body.length === 0 && error !== null)).toBe(true);
  });

  it("gitlab: by its token, which nobody sees", async () => {
    const webhook = await openWebhook(server, { template, auth: { type: "gitlab", secrets: [secret] } });
    expect(await send(webhook.url, { body, headers: { "X-Gitlab-Token": secret } })).toBe(204);
    expect(await send(webhook.url, { body, headers: { "X-Gitlab-Token": other } })).toBe(401);
    expect(await send(webhook.url, { body })).toBe(401);
    const kept = await asOperator(server).prisma.webhookDelivery.findMany({
      where: { webhookId: webhook.id },
    });
    expect(JSON.stringify([kept, await eventsOf(server, webhook)])).not.toContain(secret);
  });

  it("of several secrets any is taken; those that are not given again stay", async () => {
    const { auth, headers } = cases.github as Case;
    const webhook = await openWebhook(server, { template, auth: { ...auth, secrets: [other, secret] } });
    expect(await send(webhook.url, { body, headers: headers(body, 0) })).toBe(204);
    const args = { name: webhook.name, template };
    const ctx = asOperator(server);
    await updateWebhook(ctx, webhook.id, { ...args, auth: { type: "github" } });
    expect(await send(webhook.url, { body, headers: headers(body, 0) })).toBe(204);
    await updateWebhook(ctx, webhook.id, { ...args, auth: { type: "github", secrets: [other] } });
    expect(await send(webhook.url, { body, headers: headers(body, 0) })).toBe(401);
    const stored = await ctx.prisma.webhook.findUniqueOrThrow({ where: { id: webhook.id } });
    expect(JSON.stringify([stored.auth, stored.authSecrets])).not.toContain(other);
  });

  it("bearer: a token of the server's, which can be replaced with an overlap", async () => {
    const ctx = asOperator(server);
    const { id, name, url, token } = await openWebhook(server, { template, auth: { type: "bearer" } });
    expect(token).toMatch(/^ahk_[\w-]{43}$/);
    const call = (given: string | null) => send(url, { body, headers: { authorization: `Bearer ${given}` } });
    expect(await call(token)).toBe(204);
    expect(await call(`${token}x`)).toBe(401);
    expect(await send(url, { body })).toBe(401);
    // A change of something else makes no other token.
    expect((await updateWebhook(ctx, id, { name, template, auth: { type: "bearer" } })).token).toBeNull();
    const next = await rotateWebhookToken(ctx, { id, graceSeconds: 60 });
    expect([await call(token), await call(next.token)]).toEqual([204, 204]);
    const last = await rotateWebhookToken(ctx, { id });
    expect([await call(token), await call(next.token), await call(last.token)]).toEqual([401, 401, 204]);
    const stored = await ctx.prisma.webhook.findUniqueOrThrow({ where: { id } });
    expect(JSON.stringify(stored.auth)).not.toContain(last.token);
  });
});

describe("a sender that asks whether its events are wanted", () => {
  it("Azure Event Grid gets its code back, and no event comes of it", async () => {
    const webhook = await openWebhook(server, { template });
    const response = await fetch(webhook.url, {
      method: "POST",
      headers: { "content-type": "application/json", "aeg-event-type": "SubscriptionValidation" },
      body: JSON.stringify([
        { eventType: "Microsoft.EventGrid.SubscriptionValidationEvent", data: { validationCode: "c-1" } },
      ]),
    });
    expect([response.status, await response.json()]).toEqual([200, { validationResponse: "c-1" }]);
    expect(await eventsOf(server, webhook)).toEqual([]);
  });

  it("CloudEvents ask by OPTIONS, and are told the rate", async () => {
    const webhook = await openWebhook(server, { template, rateLimit: 2 });
    const response = await fetch(webhook.url, {
      method: "OPTIONS",
      headers: { "WebHook-Request-Origin": "eventemitter.example.com", "WebHook-Request-Rate": "120" },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("webhook-allowed-origin")).toBe("eventemitter.example.com");
    expect(response.headers.get("webhook-allowed-rate")).toBe("120");
    expect((await fetch(`${server.origin}/hooks/nothing`, { method: "OPTIONS" })).status).toBe(404);
  });

  it("Slack verifies a URL, signed", async () => {
    const { auth, headers } = cases.slack as Case;
    const webhook = await openWebhook(server, { template, auth });
    const challenge = JSON.stringify({ type: "url_verification", challenge: "3eZbrw1a" });
    const response = await fetch(webhook.url, {
      method: "POST",
      body: challenge,
      headers: headers(challenge, now()),
    });
    expect([response.status, await response.text()]).toEqual([200, "3eZbrw1a"]);
    expect((await fetch(webhook.url, { method: "POST", body: challenge })).status).toBe(401);
  });
});
