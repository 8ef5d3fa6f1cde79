import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { JsonObject } from "../../../core/json.ts";
import { runAction } from "../../../server/action/run-action.ts";
import type { Context } from "../../../server/context.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { automation } from "../../support/engine.ts";
import { acted, actionRunsOf, storedAction, unexpected } from "../../support/fired.ts";
import { type Receiver, startReceiver } from "../../support/receiver.ts";
import { resolved } from "../../support/resolved.ts";
import { appendAt, judgeAll, logClock } from "../../support/virtual-log.ts";
import { block, reachesHere, redirected } from "../channel/support.ts";

let ctx: TestContext;
let receiver: Receiver;
/** Whose calls go to the receiver. */
let there: Context;
beforeAll(async () => {
  ctx = await createTestContext(reachesHere);
  receiver = await startReceiver();
  ({ ctx: there } = redirected(ctx, receiver));
});
beforeEach(() => {
  receiver.received.length = 0;
});
afterAll(async () => {
  await receiver.close();
  await ctx.close();
});

/** What the service was sent, in its order. */
const sent = () => receiver.received.map(({ body }) => JSON.parse(body));

const notify = (block_document_id: string, more: JsonObject = {}): JsonObject => ({
  type: "send-notification",
  block_document_id,
  body: "x",
  ...more,
});

it("one token serves many channels: the action says which, by a template, and else it is the block's own", async () => {
  const slack = await block(ctx, "slack-token", { token: "xoxb-secret", channel: "#ops" });
  const payloads: JsonObject[] = [{ team: "orders" }, {}];
  for (const payload of payloads) {
    receiver.answers.push({ body: '{"ok":true}' });
    const { runs } = await acted(there, [notify(slack, { channel: "{{ event.payload.team }}" })], {
      payload,
    });
    expect(await storedAction(ctx, runs[0])).toMatchObject({ status: "SUCCEEDED" });
  }
  expect(sent().map(({ channel }) => channel)).toEqual(["orders", "#ops"]);
});

it("a channel for a block that has but one is a failure, and nothing is sent", async () => {
  const hook = await block(ctx, "slack-webhook", { url: `${receiver.origin}/hook` });
  const { runs } = await acted(there, [notify(hook, { channel: "#ops" })]);
  expect(await storedAction(ctx, runs[0])).toMatchObject({
    status: "FAILED",
    error: expect.stringContaining("has no channels to choose from"),
  });
  expect(receiver.received).toEqual([]);
});

it("an incident is one for each automation and its for_each labels, however often it fires", async () => {
  const pager = await block(ctx, "pager-duty-webhook", { integration_key: "key-of-pager" });
  const id = await automation(ctx, {
    trigger: { expect: ["disk.full"], for_each: ["prefect.resource.id"] },
    actions: [notify(pager)],
  });
  const another = await automation(ctx, { trigger: { expect: ["disk.full"] }, actions: [notify(pager)] });
  const from = (await logClock(ctx)) + 1_000;
  const full = (at: number, disk: string) => ({
    received: from + at,
    event: "disk.full",
    resource: { "prefect.resource.id": disk },
  });
  await appendAt(ctx, [full(0, "disk.1"), full(1, "disk.2"), full(2, "disk.1")]);
  await judgeAll(ctx);
  for (const run of await actionRunsOf(ctx, id)) await runAction(there, run, unexpected);
  const [first, second, third] = sent().map(({ dedup_key }) => dedup_key);
  expect(third).toBe(first);
  expect(second).not.toBe(first);
  for (const run of await actionRunsOf(ctx, another)) await runAction(there, run, unexpected);
  const keys = new Set(sent().map(({ dedup_key }) => dedup_key));
  expect(keys.size).toBe(3);
});

it("what is sent on resolve ends the incident that was begun on trigger", async () => {
  const pager = await block(ctx, "pager-duty-webhook", { integration_key: "key-of-pager" });
  const runs = await resolved(ctx, {
    actions_on_trigger: [notify(pager)],
    actions_on_resolve: [notify(pager)],
  });
  for (const one of runs) await runAction(there, one, unexpected);
  expect(sent().map(({ event_action }) => event_action)).toEqual(["trigger", "resolve"]);
  expect(new Set(sent().map(({ dedup_key }) => dedup_key)).size).toBe(1);
});
