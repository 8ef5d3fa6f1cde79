import { afterAll, beforeAll, beforeEach } from "vitest";
import { type Notification, sendNotification } from "../../../server/channel/send-notification.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { type Answer, type Receiver, startReceiver } from "../../support/receiver.ts";
import { block, reachesHere, redirected } from "./support.ts";

/** What is sent where a test says nothing else. */
export const message = {
  id: "01-key",
  subject: "Run failed",
  body: 'said **"no"**',
  link: "https://antiphon.test/a",
};

interface More extends Partial<Notification> {
  /** Of the service, in this order; 200 where nothing is left. */
  answers?: Answer[];
}

/** A receiver that stands for every service, and a context of the file's own. */
export function useServices() {
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

  return {
    /** Sends a message by a new block: what arrived, the first also by itself, and what came of it. */
    async send(type: string, data: object, { answers = [], ...more }: More = {}) {
      const id = await block(ctx, type, data);
      receiver.answers.push(...answers);
      const there = redirected(ctx, receiver);
      const begin = receiver.received.length;
      const outcome = await sendNotification(there.ctx, id, { ...message, ...more });
      const arrived = receiver.received.slice(begin).map(({ method, path, headers, body }, index) => ({
        request: `${method} ${there.origins[index]}${path}`,
        headers,
        body,
      }));
      const first = arrived[0] ?? { request: "", headers: {}, body: "" };
      return { outcome, arrived, ...first };
    },
  };
}
