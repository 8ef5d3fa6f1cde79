import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Notification, sendNotification } from "../../../server/channel/send-notification.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { type Answer, type Receiver, startReceiver } from "../../support/receiver.ts";
import { block, reachesHere, redirected } from "./support.ts";

let ctx: TestContext;
let receiver: Receiver;
beforeAll(async () => {
  ctx = await createTestContext(reachesHere);
  receiver = await startReceiver();
});
beforeEach(() => {
  receiver.received.length = 0;
});
afterAll(async () => {
  await receiver.close();
  await ctx.close();
});

const message = {
  id: "01-key",
  subject: "Run failed",
  body: 'said **"no"**',
  link: "https://antiphon.test/a",
};

/** Sends a message by a new block, whose service answers so; what arrived, in its order, and what came of it. */
async function send(
  type: string,
  data: object,
  { answers = [], ...more }: { answers?: Answer[] } & Partial<Notification> = {},
) {
  const id = await block(ctx, type, data);
  receiver.answers.push(...answers);
  const there = redirected(ctx, receiver);
  const outcome = await sendNotification(there.ctx, id, { ...message, ...more });
  const arrived = receiver.received.map(({ method, path, headers, body }, index) => ({
    request: `${method} ${there.origins[index]}${path}`,
    headers,
    body,
  }));
  const [first] = arrived;
  if (first === undefined) throw new Error("nothing was sent");
  return { outcome, arrived, ...first };
}

describe("Slack by token", () => {
  const data = { token: "xoxb-secret", channel: "#ops", thread_ts: "1712345678.123456" };

  it("gets the message for a channel and its thread, with the token", async () => {
    const answers = [{ body: '{"ok":true,"ts":"1.2"}' }];
    const { outcome, request, headers, body } = await send("slack-token", data, { answers });
    expect(outcome).toMatchObject({ kind: "done", details: { status_code: 200 } });
    expect(request).toBe("POST https://slack.com/api/chat.postMessage");
    expect(headers.authorization).toBe("Bearer xoxb-secret");
    const { blocks, ...rest } = JSON.parse(body);
    expect(blocks).toHaveLength(2);
    expect(rest).toEqual({
      channel: "#ops",
      thread_ts: "1712345678.123456",
      text: '*Run failed*\nsaid **"no"**',
    });
  });

  it("gets it for the channel that the message names", async () => {
    const { body } = await send("slack-token", data, { channel: "C1" });
    expect(JSON.parse(body).channel).toBe("C1");
  });

  it("without any channel nothing is sent; blocks with one channel have no other", async () => {
    const bare = await block(ctx, "slack-token", { token: "xoxb-secret" });
    const { ctx: there, origins } = redirected(ctx, receiver);
    expect(await sendNotification(there, bare, message)).toMatchObject({
      kind: "refused",
      reason: expect.stringContaining("no channel"),
    });
    const single = await block(ctx, "slack-webhook", { url: "https://hooks.slack.com/services/1" });
    expect(await sendNotification(there, single, { ...message, channel: "#ops" })).toMatchObject({
      kind: "refused",
      reason: "A block of type slack-webhook has no channels to choose from; leave the action's channel out",
    });
    expect(origins).toEqual([]);
  });

  it.each([
    ['{"ok":false,"error":"channel_not_found"}', "refused"],
    ['{"ok":false,"error":"invalid_auth"}', "refused"],
    ['{"ok":false,"error":"internal_error"}', "again"],
    ["<html>", "refused"],
    ['{ "ok": true, "message": {"text": "cut of', "done"],
    ['{"ts":"1","ok":true}', "done"],
  ])("an answer of 200 is what it says: %s", async (said, kind) => {
    const { outcome } = await send("slack-token", data, { answers: [{ body: said }] });
    expect(outcome.kind).toBe(kind);
    if (outcome.kind !== "done") expect(outcome.reason).toBe(`POST https://slack.com answered 200: ${said}`);
  });
});

describe("Discord", () => {
  const data = { webhook_id: "123456", webhook_token: "tok-en/secret" };

  it("gets the subject as text and the body embedded, and calls nobody by name", async () => {
    const answers = [{ status: 200, body: '{"id":"9"}' }];
    const { outcome, request, body } = await send("discord-webhook", data, {
      answers,
      body: "hello @everyone",
    });
    expect(outcome).toMatchObject({
      kind: "done",
      log: ["POST https://discord.com", 'answered 200: {"id":"9"}'],
    });
    expect(request).toBe("POST https://discord.com/api/webhooks/123456/tok-en%2Fsecret?wait=true");
    expect(JSON.parse(body)).toEqual({
      content: "**Run failed**",
      embeds: [{ description: "hello @everyone" }],
      allowed_mentions: { parse: [] },
    });
  });

  it("is told who speaks", async () => {
    const more = { botname: "Antiphon", avatar_url: "https://a.test/a.png", tts: true };
    const { body } = await send("discord-webhook", { ...data, ...more });
    expect(JSON.parse(body)).toMatchObject({
      username: "Antiphon",
      avatar_url: "https://a.test/a.png",
      tts: true,
    });
  });

  it("an unknown webhook is told without its secrets", async () => {
    const answers = [{ status: 404, body: '{"message":"Unknown Webhook 123456/tok-en/secret"}' }];
    const { outcome } = await send("discord-webhook", data, { answers });
    expect(outcome).toMatchObject({ kind: "refused", reason: expect.stringContaining("Unknown Webhook") });
    expect(JSON.stringify(outcome)).not.toMatch(/123456|tok-en/);
  });
});

describe("PagerDuty", () => {
  const data = { integration_key: "R0UTINGKEY" };
  const incident = { key: "incident-1", resolved: false };

  it("opens an incident under the key of what it is about", async () => {
    const answers = [{ status: 202, body: '{"status":"success"}' }];
    const { outcome, request, headers, body } = await send("pager-duty-webhook", data, { answers, incident });
    expect(outcome).toMatchObject({ kind: "done", details: { status_code: 202 } });
    expect(request).toBe("POST https://events.pagerduty.com/v2/enqueue");
    expect(headers.authorization).toBe(undefined);
    expect(JSON.parse(body)).toEqual({
      routing_key: "R0UTINGKEY",
      dedup_key: "incident-1",
      event_action: "trigger",
      client: "Antiphon",
      client_url: message.link,
      links: [{ href: message.link, text: "Automation" }],
      payload: {
        summary: "Run failed",
        severity: "info",
        source: "Antiphon",
        component: "Notification",
        custom_details: { message: message.body },
      },
    });
  });

  it("is told all that the block knows, in its region", async () => {
    const { request, headers, body } = await send("pager-duty-webhook", {
      ...data,
      api_key: "apikey",
      notify_type: "failure",
      source: "warehouse",
      component: "loader",
      group: "etl",
      class_id: "late",
      region_name: "eu",
      clickable_url: "https://runbook.test/1",
      custom_details: { team: "data" },
    });
    expect(request).toBe("POST https://events.eu.pagerduty.com/v2/enqueue");
    expect(headers.authorization).toBe("Token token=apikey");
    expect(JSON.parse(body)).toMatchObject({
      links: [{ href: "https://runbook.test/1" }, { href: message.link, text: "Automation" }],
      payload: {
        severity: "critical",
        source: "warehouse",
        component: "loader",
        group: "etl",
        class: "late",
        custom_details: { message: message.body, team: "data" },
      },
    });
  });

  it("resolves the incident that is over", async () => {
    const { body } = await send("pager-duty-webhook", data, { incident: { ...incident, resolved: true } });
    expect(JSON.parse(body)).toEqual({
      routing_key: "R0UTINGKEY",
      dedup_key: "incident-1",
      event_action: "resolve",
    });
  });

  it("what is refused says why, without the key", async () => {
    const answers = [
      { status: 400, body: '{"status":"invalid event","errors":["R0UTINGKEY is not active"]}' },
    ];
    const { outcome } = await send("pager-duty-webhook", data, { answers });
    expect(outcome).toMatchObject({
      kind: "refused",
      reason: expect.stringContaining("******** is not active"),
    });
    expect(JSON.stringify(outcome)).not.toContain("R0UTINGKEY");
  });
});

describe("Opsgenie", () => {
  const data = { apikey: "genie-key" };
  const incident = { key: "incident-1", resolved: false };

  it("gets an alert whose alias is the key of what it is about", async () => {
    const answers = [{ status: 202, body: '{"result":"Request will be processed"}' }];
    const { outcome, request, headers, body } = await send("opsgenie-webhook", data, { answers, incident });
    expect(outcome).toMatchObject({ kind: "done", details: { status_code: 202 } });
    expect(request).toBe("POST https://api.opsgenie.com/v2/alerts");
    expect(headers.authorization).toBe("GenieKey genie-key");
    expect(JSON.parse(body)).toEqual({
      alias: "incident-1",
      source: "Antiphon",
      message: "Run failed",
      description: message.body,
      responders: [],
      tags: [],
      priority: "P3",
      details: {},
    });
  });

  it("is told whom to call, by name or id, and all that the block knows, in its region", async () => {
    const schedule = "4513b7ea-3b91-438f-b7e4-e3e54af9147c";
    const { request, body } = await send("opsgenie-webhook", {
      ...data,
      target_user: ["ada@example.org"],
      target_team: ["data"],
      target_schedule: [schedule],
      target_escalation: ["nights"],
      region_name: "eu",
      tags: ["etl"],
      priority: 1,
      entity: "warehouse",
      details: { runbook: "7" },
    });
    expect(request).toBe("POST https://api.eu.opsgenie.com/v2/alerts");
    expect(JSON.parse(body)).toMatchObject({
      responders: [
        { type: "user", username: "ada@example.org" },
        { type: "team", name: "data" },
        { type: "schedule", id: schedule },
        { type: "escalation", name: "nights" },
      ],
      tags: ["etl"],
      priority: "P1",
      entity: "warehouse",
      details: { runbook: "7" },
    });
  });

  it("closes the alert that is over, by its alias", async () => {
    const over = { incident: { ...incident, resolved: true } };
    const { request, headers, body } = await send("opsgenie-webhook", data, over);
    expect(request).toBe("POST https://api.opsgenie.com/v2/alerts/incident-1/close?identifierType=alias");
    expect(headers.authorization).toBe("GenieKey genie-key");
    expect(JSON.parse(body)).toEqual({ source: "Antiphon", note: `Run failed\n${message.body}` });
    const own = await send("opsgenie-webhook", { ...data, alias: "disk/1" }, over);
    expect(own.arrived.at(-1)?.request).toContain("/v2/alerts/disk%2F1/close?");
  });

  it("what is refused says why, without the key", async () => {
    const answers = [{ status: 403, body: '{"message":"genie-key is not authorized"}' }];
    const { outcome } = await send("opsgenie-webhook", data, { answers });
    expect(outcome).toMatchObject({ kind: "refused", reason: expect.stringContaining("is not authorized") });
    expect(JSON.stringify(outcome)).not.toContain("genie-key");
  });
});
