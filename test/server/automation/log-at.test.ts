import fc from "fast-check";
import sql from "sql-template-tag";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HeldEvents } from "../../../core/event-log/held-events.ts";
import { emptyLog } from "../../../core/event-log/log-state.ts";
import { Fold } from "../../../core/trigger/fold.ts";
import { TriggerState } from "../../../core/trigger/trigger-state.ts";
import { logAt } from "../../../server/automation/log-at.ts";
import { lastBefore } from "../../../server/automation/place-in-log.ts";
import { readLog } from "../../../server/evaluator/read-log.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { happenings, letItHaveHappened } from "../../support/past.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

test("triggers 16: event clock, lag and held events at any instant are found from the log before it", async () => {
  await fc.assert(
    fc.asyncProperty(
      happenings,
      fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 5 }),
      async (happened, places) => {
        await ctx.db.query(sql`TRUNCATE event`);
        const start = new Date(Date.now() - 6 * 3_600_000);
        await letItHaveHappened(ctx, happened, [], start);
        const events = await readLog(ctx.db, 0, 1000);
        const end = events.at(-1)?.position ?? 0;
        const first = (events[0]?.position ?? 1) - 1;
        const instants = [
          ...places.map((seconds) => start.getTime() + seconds * 1000),
          ...events.map((event) => event.received),
        ];
        for (const instant of instants) {
          const before = events.filter(({ received }) => received < instant);
          const held = new HeldEvents();
          const at = new Map(events.map((event) => [event.id, event.position]));
          const bodies = new Map(events.map((event) => [event.position, event]));
          let now = 0;
          const fold = new Fold({
            log: emptyLog(null),
            held,
            state: new TriggerState({ leaf: () => undefined, complete: true }),
            candidates: () => [],
            known: (id) => (at.get(id) ?? Number.POSITIVE_INFINITY) < now,
            body: (waiting) => bodies.get(waiting.position) ?? unknown(waiting.position),
            fired: () => undefined,
          });
          for (const event of before) {
            now = event.position;
            fold.deliver(event);
          }
          fold.advance(instant - 1);

          const place = await lastBefore(ctx.db, instant, end);
          expect(place).toBe(before.at(-1)?.position ?? first);
          const found = await logAt(ctx.db, place, instant);
          expect(found.log).toMatchObject({
            eventClock: fold.log.eventClock,
            advancedAt: fold.log.advancedAt,
          });
          expect(found.held.map(({ position }) => position)).toEqual(
            Array.from(held, ({ position }) => position),
          );
        }
      },
    ),
    { numRuns: 5, endOnFailure: true },
  );
});

function unknown(position: number): never {
  throw new Error(`no event ${position}`);
}
