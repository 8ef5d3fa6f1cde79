import fc from "fast-check";
import sql from "sql-template-tag";
import { afterAll, expect, test } from "vitest";
import { backtest, type ReportedFiring } from "../../../server/automation/backtest.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { automation, firingsOf, judged, type StoredFiring, startEngine } from "../../support/engine.ts";
import { downtimes, happenings, letItHaveHappened } from "../../support/past.ts";

const contexts: TestContext[] = [];

afterAll(async () => {
  for (const ctx of contexts) await ctx.close();
});

const key = ["prefect.resource.id"];
const triggers = {
  "every event": { expect: ["a"] },
  "two within a minute, by key": { expect: ["a", "b"], for_each: key, threshold: 2, within: 60 },
  "b after a": { after: ["a"], expect: ["b"], for_each: key, within: 30 },
  "no b after a": { posture: "Proactive", after: ["a"], expect: ["b"], for_each: key, within: 30 },
  "not two of them in a minute": { posture: "Proactive", expect: ["a", "b"], threshold: 2, within: 60 },
  "a heart that stops": { posture: "Proactive", after: ["a"], expect: [], for_each: key, within: 20 },
  "a and c": {
    type: "compound",
    require: "all",
    within: 90,
    triggers: [{ expect: ["a"] }, { expect: ["c"] }],
  },
  "c, then no b": {
    type: "sequence",
    triggers: [{ expect: ["c"] }, { posture: "Proactive", after: ["c"], expect: ["b"], within: 20 }],
  },
};

test("triggers 16: a backtest over what happened equals what was fired, firing by firing", async () => {
  let firings = 0;
  await fc.assert(
    fc.asyncProperty(happenings, downtimes, async (happened, gaps) => {
      const ctx = await createTestContext();
      contexts.push(ctx);
      const watching: [string, string][] = [];
      for (const [name, trigger] of Object.entries(triggers)) {
        watching.push([name, await automation(ctx, { trigger })]);
      }
      const start = new Date(Date.now() - 6 * 3_600_000);
      await letItHaveHappened(ctx, happened, gaps, start);
      const engine = await startEngine(ctx, { actions: false });
      await judged(ctx);
      // Firings go on with the clock: what is compared is what happened up to one instant.
      const [now] = await ctx.db.query<{ wall: Date }>(sql`SELECT wall FROM evaluator`);
      const until = now?.wall ?? new Date();
      await engine.close();
      expect(engine.reports).toEqual([]);
      for (const [name, automationId] of watching) {
        const live = (await firingsOf(ctx, automationId)).filter(({ firedAt }) => firedAt <= until);
        const report = await backtest(ctx, { automationId, start, until });
        expect(report.firings.map(asReported), name).toEqual(live.map(asStored));
        firings += live.length;
      }
    }),
    { numRuns: 6, endOnFailure: true },
  );
  expect(firings).toBeGreaterThan(100);
}, 400_000);

/** Of counted events the row keeps the order of counting, and a backtest gives that of the log. */
function asReported({ id, firing, counted }: ReportedFiring) {
  return {
    id,
    triggered: new Date(firing.time),
    firedAt: new Date(firing.firedAt),
    triggeringEventId: firing.triggeringEventId,
    labels: firing.labels,
    counted: [...counted].sort(),
  };
}

function asStored({ id, triggered, firedAt, triggeringEventId, ...firing }: StoredFiring) {
  const counted = [...firing.countedEventIds].sort();
  return { id, triggered, firedAt, triggeringEventId, labels: firing.triggeringLabels, counted };
}
