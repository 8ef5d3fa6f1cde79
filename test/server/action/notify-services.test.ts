import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { JsonObject } from "../../../core/json.ts";
import type { Context } from "../../../server/context.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { acted, storedAction } from "../../support/fired.ts";
import { type Receiver, startReceiver } from "../../support/receiver.ts";
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
  for (const payload of [{ team: "orders" }, {}]) {
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
