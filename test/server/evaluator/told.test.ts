import { randomUUID } from "node:crypto";
import sql from "sql-template-tag";
import { afterAll, beforeAll, expect, it } from "vitest";
import { emitEvent } from "../../../server/event/emit-event.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { automation } from "../../support/engine.ts";
import { judgeAll } from "../../support/virtual-log.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

/** What was told of an automation's firing. */
async function toldOf(automationId: string) {
  const events = await ctx.db.query<{ id: string; payload: object }>(sql`
    SELECT id, payload FROM event WHERE event = 'prefect.automation.triggered'
      AND resource->>'prefect.resource.id' = ${`prefect.automation.${automationId}`}`);
  expect(events).toHaveLength(1);
  return events[0];
}

it("triggers 13: one that fires on another's firing is told of it with the inner event's id, however large that was", async () => {
  const first = await automation(ctx, { trigger: { expect: ["large"], for_each: ["key"] } });
  const second = await automation(ctx, {
    trigger: {
      expect: ["prefect.automation.triggered"],
      match: { "prefect.resource.id": `prefect.automation.${first}` },
    },
  });
  const id = randomUUID();
  // Together they stay below 64 KiB, and with the key once more they do not.
  const resource = { "prefect.resource.id": "thing", key: "k".repeat(10_000) };
  await emitEvent(ctx, { id, event: "large", resource, payload: { text: "x".repeat(54_000) } });
  await judgeAll(ctx);
  const told = await toldOf(first);
  expect(told?.payload).toMatchObject({
    triggering_event: { id, payload: { text: expect.any(String) } },
  });
  const again = await toldOf(second);
  expect(again?.payload).toMatchObject({
    triggering_event: {
      id: told?.id,
      payload: { triggering_labels: { key: resource.key }, triggering_event: id },
    },
  });
});
