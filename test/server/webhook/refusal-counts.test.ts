import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RefusalCounts } from "../../../server/webhook/refusal-counts.ts";
import {
  asOperator,
  eventsOf,
  openWebhook,
  send,
  startWebhookServer,
  type TestWebhook,
} from "../../support/webhooks.ts";
import { ask, type TestServer, until } from "../../support/wire.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startWebhookServer();
});
afterAll(() => server.close());

async function countsOf({ id }: TestWebhook): Promise<unknown> {
  const { data } = await ask(
    server.url,
    "query ($id: ID!) { webhook(id: $id) { refusedByMethod refusedBySize refusedByRate failedCount deliveries { id } } }",
    { id },
  );
  return data?.webhook;
}

describe("actions 6.4: what a webhook turns away", () => {
  it("is counted by why it was, and nothing else is kept of it", async () => {
    const webhook = await openWebhook(server, { allowedMethods: ["POST"], rateLimit: 0.001 });
    const body = new Uint8Array(1024 * 1024 + 1);
    expect(await send(webhook.url, { method: "GET" })).toBe(405);
    expect(await send(webhook.url, { method: "OPTIONS" })).toBe(405);
    expect(await send(webhook.url, { body })).toBe(413);
    expect(await send(webhook.url, { body })).toBe(429);
    expect(await send(webhook.url, { body })).toBe(429);
    const expected = {
      refusedByMethod: 2,
      refusedBySize: 1,
      refusedByRate: 2,
      failedCount: 0,
      deliveries: [],
    };
    await until("all are counted", async () => isDeepStrictEqual(await countsOf(webhook), expected));
    expect(await eventsOf(server, webhook)).toEqual([]);
  });

  it("is written together, however much it is; webhooks that are gone are left out", async () => {
    const webhook = await openWebhook(server, {});
    const { db } = asOperator(server);
    let statements = 0;
    const counting = Object.assign(Object.create(db), {
      query: (...args: Parameters<typeof db.query>) => {
        statements++;
        return db.query(...args);
      },
    });
    const counts = new RefusalCounts(counting, (_what, cause) => {
      throw cause;
    });
    for (let n = 0; n < 5_000; n++) counts.add(webhook.id, "rate");
    counts.add(asOperator(server).newId(), "rate");
    await counts.flush();
    await counts.flush();
    expect(statements).toBe(1);
    expect(await countsOf(webhook)).toMatchObject({ refusedByRate: 5_000 });
  });
});
