import { describe, expect, it } from "vitest";
import { message, useServices } from "./use-services.ts";

const { send } = useServices();

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
    const bare = await send("slack-token", { token: "xoxb-secret" });
    expect(bare.outcome).toMatchObject({ kind: "refused", reason: expect.stringContaining("no channel") });
    const url = "https://hooks.slack.com/services/1";
    const single = await send("slack-webhook", { url }, { channel: "#ops" });
    expect(single.outcome).toMatchObject({
      kind: "refused",
      reason: "A block of type slack-webhook has no channels to choose from; leave the action's channel out",
    });
    expect([...bare.arrived, ...single.arrived]).toEqual([]);
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

describe("Mattermost", () => {
  const data = { hostname: "chat.example.org", token: "hook-token" };
  const ok = { body: "ok" };

  it("gets subject and body as Markdown, at the hook's own channel", async () => {
    const { outcome, request, body } = await send("mattermost-webhook", data, { answers: [ok] });
    expect(outcome).toEqual({
      kind: "done",
      details: { status_code: 200 },
      log: ["POST http://chat.example.org:8065", "answered 200: ok"],
    });
    expect(request).toBe("POST http://chat.example.org:8065/hooks/hook-token");
    expect(JSON.parse(body)).toEqual({ text: `**Run failed**\n${message.body}` });
  });

  it("is found by TLS, at another port and below a path, and told who speaks", async () => {
    const there = { secure: true, port: 443, path: "/team/chat/", botname: "Antiphon" };
    const { request, body } = await send("mattermost-webhook", { ...data, ...there });
    expect(request).toBe("POST https://chat.example.org/team/chat/hooks/hook-token");
    expect(JSON.parse(body).username).toBe("Antiphon");
  });

  it("gets it once for each channel, or for the one that the message names", async () => {
    const many = { ...data, channels: ["#ops", "town-square"] };
    const { outcome, arrived } = await send("mattermost-webhook", many);
    expect(outcome.kind).toBe("done");
    expect(arrived.map(({ body }) => JSON.parse(body).channel).sort()).toEqual(["ops", "town-square"]);
    const one = await send("mattermost-webhook", many, { channel: "@ada" });
    expect(one.arrived.map(({ body }) => JSON.parse(body).channel)).toEqual(["@ada"]);
  });

  it("an unknown hook is told without its token", async () => {
    const answers = [{ status: 400, body: '{"message":"Invalid webhook hook-token"}' }];
    const { outcome } = await send("mattermost-webhook", data, { answers });
    expect(outcome).toMatchObject({ kind: "refused", reason: expect.stringContaining("Invalid webhook") });
    expect(JSON.stringify(outcome)).not.toContain("hook-token");
  });

  it("what reaches one channel and not another has failed, and says which; it may be tried again where that may help", async () => {
    const many = { ...data, channels: ["ops", "gone"] };
    const gone = { status: 404, body: "no channel" };
    const refused = await send("mattermost-webhook", many, { answers: [ok, gone] });
    expect(refused.outcome).toMatchObject({
      kind: "refused",
      reason: expect.stringMatching(/^1 of 2 failed: (ops|gone): POST .* answered 404: no channel$/),
      details: { status_code: 404 },
    });
    expect(refused.outcome.log).toHaveLength(4);
    const busy = { status: 503, headers: { "retry-after": "7" } };
    const again = await send("mattermost-webhook", many, { answers: [gone, busy] });
    expect(again.outcome).toMatchObject({ kind: "again", after: 7, details: { status_code: 503 } });
  });
});
