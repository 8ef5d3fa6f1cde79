import { randomUUID } from "node:crypto";
import fc from "fast-check";
import sql from "sql-template-tag";
import { afterAll, beforeAll, expect, it } from "vitest";
import { backtest } from "../../../server/automation/backtest.ts";
import { deleteAutomation } from "../../../server/automation/delete-automation.ts";
import { explain } from "../../../server/automation/explain.ts";
import { triggers } from "../../core/trigger/support/random.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { automation, firingsOf } from "../../support/engine.ts";
import { appendAt, judgeAll, logClock, setLogClock } from "../../support/virtual-log.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

/** So many events of each history are explained too. */
const explained = 5;
/** How long time goes on behind the last event, in milliseconds. */
const afterwards = 1_000_000;

const names = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom("a", "b", "c") },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom("Late", "Pending", "Running", "Failed", "Completed")
      .map((state) => `prefect.flow-run.${state}`),
  },
);

const happenings = fc.array(
  fc.record({
    event: names,
    resource: fc.constantFrom("r1", "r2", "r3"),
    /** Milliseconds since the one before was received. */
    pause: fc.oneof(fc.integer({ min: 0, max: 8_000 }), fc.constantFrom(0, 0, 30_000, 400_000)),
    /** Milliseconds from when it occurred to when it was received. */
    delay: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 15_000 }), fc.constantFrom(-20_000, 120_000)),
    /** The distance to its leader in the log; a later one is met when it comes, 0 is nobody, and far ones never come. */
    follows: fc.oneof(
      { arbitrary: fc.constant(null), weight: 4 },
      { arbitrary: fc.integer({ min: -4, max: 4 }), weight: 1 },
    ),
  }),
  { minLength: 1, maxLength: 25 },
);

it("triggers 19.1, 19.2: what is fired live, in whatever portions, is what a backtest of the log gives, with the same ids, and what explanations say of its events", async () => {
  let fired = 0;
  await fc.assert(
    fc.asyncProperty(
      triggers,
      happenings,
      fc.array(fc.integer({ min: 0, max: 25 }), { maxLength: 4 }),
      async (trigger, happened, interruptions) => {
        const id = await automation(ctx, { trigger });
        const start = await watchedSince(id);
        const ids = happened.map(() => randomUUID());
        let received = Math.max(start, await logClock(ctx));
        for (const [index, { event, resource, pause, delay, follows }] of happened.entries()) {
          received += pause;
          await appendAt(ctx, [
            {
              received,
              occurred: received - delay,
              event,
              resource: { "prefect.resource.id": resource },
              id: ids[index] ?? "",
              follows: follows === null ? null : (ids[index + follows] ?? randomUUID()),
            },
          ]);
          if (interruptions.includes(index)) await judgeAll(ctx, 1);
        }
        // Longer than a metric's change must last, and than anything waits.
        await setLogClock(ctx, received + afterwards);
        await judgeAll(ctx);

        const { firings } = await backtest(ctx, {
          automationId: id,
          start: new Date(start),
          until: new Date(received + afterwards),
        });
        const live = await firingsOf(ctx, id);
        for (const eventId of ids.slice(0, explained)) {
          const { fired, firingId } = await explain(ctx, id, eventId);
          const byIt = live.filter((firing) => firing.triggeringEventId === eventId && !firing.causedByClock);
          expect({ fired, firingId }).toEqual({ fired: byIt.length > 0, firingId: byIt[0]?.id ?? null });
        }
        expect(live.map(summary)).toEqual(
          firings.map(({ id: firingId, firing, counted }) =>
            summary({
              id: firingId ?? "",
              triggered: new Date(firing.time),
              firedAt: new Date(firing.firedAt),
              triggeringLabels: firing.labels,
              triggeringEventId: firing.triggeringEventId,
              countedEventIds: [...counted],
            }),
          ),
        );
        fired += live.length;
        await deleteAutomation(ctx, id);
        await judgeAll(ctx);
      },
    ),
    { numRuns: 60 },
  );
  expect(fired).toBeGreaterThan(60);
  expect(await ctx.db.query(sql`SELECT FROM bucket UNION ALL SELECT FROM trigger_memory`)).toEqual([]);
}, 400_000);

interface Fired {
  id: string;
  triggered: Date;
  firedAt: Date;
  triggeringLabels: object;
  triggeringEventId: string | null;
  countedEventIds: readonly string[];
}

function summary({ id, triggered, firedAt, triggeringLabels, triggeringEventId, countedEventIds }: Fired) {
  return {
    id,
    triggered,
    firedAt,
    triggeringLabels,
    triggeringEventId,
    counted: [...countedEventIds].sort(),
  };
}

/** When the event was received from which on the automation watches. */
async function watchedSince(automationId: string): Promise<number> {
  const [began] = await ctx.db.query<{ received: Date }>(sql`
    SELECT e.received FROM automation_version v JOIN event e ON e.id = v.event_id WHERE v.automation_id = ${automationId}::uuid`);
  if (began === undefined) throw new Error("it is not in the log");
  return began.received.getTime();
}
