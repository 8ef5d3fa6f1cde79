import { afterAll, beforeAll, expect, it } from "vitest";
import { sendNotification } from "../../../server/channel/send-notification.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { type Receiver, startReceiver } from "../../support/receiver.ts";
import { block, reachesHere } from "./support.ts";

let ctx: TestContext;
let receiver: Receiver;
beforeAll(async () => {
  ctx = await createTestContext(reachesHere);
  receiver = await startReceiver();
});
afterAll(async () => {
  await receiver.close();
  await ctx.close();
});

const message = { id: "01-key", subject: "Run failed", body: 'said "no" & left', link: null };

/** What arrived last. */
function last() {
  const received = receiver.received.at(-1);
  if (received === undefined) throw new Error("nothing was received");
  return received;
}

it("Slack gets its message, under a key that stays", async () => {
  const id = await block(ctx, "slack-webhook", { url: `${receiver.origin}/services/T0/B0/abcdefgh` });
  receiver.answers.push({ body: "ok" });
  expect(await sendNotification(ctx, id, message)).toEqual({
    kind: "done",
    details: { status_code: 200 },
    log: [`POST ${receiver.origin}`, "answered 200: ok"],
  });
  expect(last()).toMatchObject({
    method: "POST",
    path: "/services/T0/B0/abcdefgh",
    headers: {
      "content-type": "application/json; charset=utf-8",
      "idempotency-key": "01-key",
      "webhook-id": "01-key",
    },
  });
  expect(JSON.parse(last().body).text).toBe('*Run failed*\nsaid "no" &amp; left');
});

it("Teams gets a card", async () => {
  const id = await block(ctx, "ms-teams-webhook", { url: `${receiver.origin}/workflows/1?sig=signature` });
  receiver.answers.push({ status: 202 });
  expect(await sendNotification(ctx, id, message)).toMatchObject({
    kind: "done",
    details: { status_code: 202 },
  });
  expect(last().path).toBe("/workflows/1?sig=signature");
  expect(JSON.parse(last().body).attachments[0].content.body[0].text).toBe("🔔 Run failed");
});

it("case 69: a failed channel says why, and no secret is in what it says", async () => {
  const url = `${receiver.origin}/services/T0/B0/topsecret?token=hunter22`;
  const id = await block(ctx, "slack-webhook", { url });
  receiver.answers.push({ status: 404, body: `no_service: ${url} or topsecret` });
  const outcome = await sendNotification(ctx, id, message);
  expect(outcome).toMatchObject({
    kind: "refused",
    reason: expect.stringContaining("answered 404: no_service"),
    details: { status_code: 404 },
    log: [`POST ${receiver.origin}`, expect.stringContaining("no_service")],
  });
  expect(JSON.stringify(outcome)).not.toMatch(/topsecret|hunter22|token=/);
});

it.each([
  [408, "again"],
  [425, "again"],
  [429, "again"],
  [500, "again"],
  [503, "again"],
  [400, "refused"],
  [401, "refused"],
  [410, "refused"],
  [302, "refused"],
])("an answer of %d: %s", async (status, kind) => {
  const id = await block(ctx, "slack-webhook", { url: receiver.origin });
  receiver.answers.push({ status, headers: { "retry-after": "7", location: "/" } });
  const outcome = await sendNotification(ctx, id, message);
  expect(outcome).toMatchObject(kind === "again" ? { kind, after: 7 } : { kind });
});

it("a custom webhook is filled in: a quote in the body breaks no JSON, a line break no header, a space no URL", async () => {
  const id = await block(ctx, "custom-webhook", {
    name: "pager",
    url: `${receiver.origin}/{{ token }}/{{ subject }}`,
    method: "PUT",
    params: { q: "{{ body }}" },
    json_data: { text: "{{ subject }}: {{ body }}", from: ["{{ name }}"], count: 3, "{{ name }}": null },
    headers: { authorization: "Bearer {{ token }}", "x-subject": "{{ subject }}" },
    cookies: { session: "{{ token }}; a" },
    secrets: { token: "t0p-secret" },
  });
  receiver.answers.push({ status: 201, body: "t0p-secret is fine" });
  const subject = 'One "two"\r\nX-Evil: 1 ü';
  const outcome = await sendNotification(ctx, id, { ...message, subject, body: 'a"}\\' });
  expect(outcome).toMatchObject({ kind: "done", details: { status_code: 201 } });
  expect(JSON.stringify(outcome)).not.toContain("t0p-secret");
  const { method, path, headers, body } = last();
  expect(method).toBe("PUT");
  expect(path).toBe(`/t0p-secret/${encodeURIComponent(subject)}?q=a%22%7D%5C`);
  expect(JSON.parse(body)).toEqual({ text: `${subject}: a"}\\`, from: ["pager"], count: 3, pager: null });
  expect(headers).not.toHaveProperty("x-evil");
  expect(headers.authorization).toBe("Bearer t0p-secret");
  expect(Buffer.from(String(headers["x-subject"]), "latin1").toString("utf8")).toBe('One "two" X-Evil: 1 ü');
  expect(headers.cookie).toBe("session=t0p-secret%3B%20a");
});

it("a custom webhook sends forms, and only what it is told to", async () => {
  const form = await block(ctx, "custom-webhook", {
    url: receiver.origin,
    form_data: { text: "{{ body }}&", to: "ops" },
  });
  await sendNotification(ctx, form, message);
  expect(last().headers["content-type"]).toBe("application/x-www-form-urlencoded");
  expect(Object.fromEntries(new URLSearchParams(last().body))).toEqual({
    text: `${message.body}&`,
    to: "ops",
  });
  const get = await block(ctx, "custom-webhook", { url: receiver.origin, method: "GET" });
  await sendNotification(ctx, get, message);
  expect(last()).toMatchObject({ method: "GET", path: "/", body: "" });
});

it("case 68: no block, a block that does not notify, and one that does not fit its type fail each in its own way", async () => {
  const unknown = ctx.newId();
  expect(await sendNotification(ctx, unknown, message)).toMatchObject({
    kind: "refused",
    reason: `Unexpected status 404: no block "${unknown}"`,
  });
  const json = await block(ctx, "json", { value: 1 });
  expect(await sendNotification(ctx, json, message)).toMatchObject({
    kind: "refused",
    reason: "The referenced block was not a notification block",
  });
  const slack = await block(ctx, "slack-webhook", { url: receiver.origin });
  await ctx.prisma.block.update({ where: { id: slack }, data: { data: { colour: "red" } } });
  expect(await sendNotification(ctx, slack, message)).toMatchObject({
    kind: "refused",
    reason:
      'The notification block was invalid: colour is no field of a block of type slack-webhook; there is "url"',
  });
});
