import sql from "sql-template-tag";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../core/json.ts";
import type { OutsideKind, OutsideKinds, OutsideOutcome } from "../../../server/action/outside.ts";
import { runAction } from "../../../server/action/run-action.ts";
import { Together } from "../../../server/action/together.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { fired, related, storedAction, toldOf, unexpected } from "../../support/fired.ts";

let database: TestDatabase;
let ctx: TestContext;
let other: TestContext;

beforeAll(async () => {
  database = await createTestDatabase();
  const settings = { ANTIPHON_ACTION_FAILURES: "3" };
  [ctx, other] = [
    await createTestContext(settings, database.url),
    await createTestContext(settings, database.url),
  ];
});
afterAll(async () => {
  await ctx.close();
  await other.close();
  await database.drop();
});

const doNothing = { type: "do-nothing" };
const emit: JsonObject = { type: "emit-event", event: "told", resource: { "prefect.resource.id": "thing" } };

/** In the place of what `do-nothing` does. */
function outside(kind: Partial<OutsideKind>): OutsideKinds {
  const fine: OutsideOutcome = { status: "SUCCEEDED", result: {} };
  return {
    "do-nothing": {
      budget: 10,
      retry: () => ({ maxAttempts: 1, initialDelay: 1, maxDelay: 1, multiplier: 1, jitter: false }),
      prepare: async () => ({ related: [], sent: {} }),
      perform: async () => fine,
      ...kind,
    },
  };
}

describe("actions that are at hand at the same moment", () => {
  it("are carried out once, also where two servers have them at hand", async () => {
    const { runs } = await fired(ctx, [doNothing, emit, doNothing, emit, doNothing]);
    await Promise.all([ctx, other].flatMap((server) => runs.map((id) => runAction(server, id, unexpected))));
    for (const id of runs) {
      expect(await storedAction(ctx, id)).toMatchObject({ status: "SUCCEEDED", attempts: 1 });
      expect(await toldOf(ctx, id)).toEqual(["triggered", "executed"]);
    }
    expect(await ctx.prisma.event.count({ where: { event: "told" } })).toBe(2);
  });

  it("do no harm to each other: one that cannot be stored is tried again, and the others are done", async () => {
    const { runs } = await fired(ctx, [doNothing, doNothing, doNothing]);
    const reported: string[] = [];
    const kinds = outside({
      prepare: async (_db, _ctx, _action, { run }) => ({
        related: run.index === 1 ? [related("no text has this: \0")] : [],
        sent: {},
      }),
    });
    await Promise.all(
      runs.map((id) => runAction(ctx, id, (what) => reported.push(what), { outside: kinds })),
    );
    const stored = await Promise.all(runs.map((id) => storedAction(ctx, id)));
    expect(stored.map(({ status }) => status)).toEqual(["SUCCEEDED", "PENDING", "SUCCEEDED"]);
    expect(stored[1]).toMatchObject({ attempts: 1, error: "unsupported Unicode escape sequence" });
    expect(reported).toEqual([`carrying out the action run ${runs[1]}`]);
  });

  it("2.4: each puts an end to the failures of its own action alone", async () => {
    const { runs, automationId } = await fired(ctx, [doNothing, doNothing]);
    const failing = async () =>
      (
        await ctx.db.query<{ place: number; failures: number }>(sql`
          SELECT place, failures FROM action_failure WHERE automation_id = ${automationId}::uuid ORDER BY place`)
      ).map(({ place, failures }) => [place, failures]);
    await ctx.db.query(sql`
      INSERT INTO action_failure (automation_id, list, place, failures)
      SELECT ${automationId}::uuid, 'actions', place, 2 FROM generate_series(0, 1) place`);
    await runAction(ctx, runs[0] ?? "", unexpected);
    expect(await failing()).toEqual([[1, 2]]);
    const refused = outside({ perform: async () => ({ status: "FAILED", reason: "no", result: {} }) });
    await runAction(ctx, runs[1] ?? "", unexpected, { outside: refused });
    expect(await failing()).toEqual([[1, 3]]);
    expect(await toldOf(ctx, runs[1])).toEqual(["triggered", "failed", "disabled"]);
  });

  it("share a job, but for those that wait for somebody outside", async () => {
    const block = await ctx.prisma.block.create({
      data: { id: ctx.newId(), name: "receiver", type: "webhook", data: { url: "https://example.com" } },
    });
    const call = { type: "call-webhook", block_document_id: block.id };
    const { runs } = await fired(ctx, [doNothing, call, emit, call]);
    const jobs = await ctx.db.query<{ payload: JsonObject }>(sql`
      SELECT payload FROM graphile_worker._private_jobs
      WHERE payload->>'id' = ANY (${runs}) OR payload->'ids'->0->>0 = ANY (${runs}) ORDER BY run_at`);
    expect(jobs.map(({ payload }) => payload)).toEqual([
      { ids: [[runs[0], runs[2]]] },
      { id: runs[1] },
      { id: runs[3] },
    ]);
  });
});

describe("work that is done together", () => {
  it("is a bundle of what came while the one before was done, up to the most", async () => {
    const bundles: number[][] = [];
    const doubled = new Together<number, number>(3, async (numbers) => {
      bundles.push([...numbers]);
      return numbers.map((number) => number * 2);
    });
    const first = [1, 2, 3, 4].map((number) => doubled.add(number));
    expect(await Promise.all(first)).toEqual([2, 4, 6, 8]);
    expect(await doubled.add(5)).toBe(10);
    expect(bundles).toEqual([[1, 2, 3], [4], [5]]);
  });

  it("fails for the piece alone that cannot be done", async () => {
    const even = new Together<number, number>(10, async (numbers) => {
      if (numbers.some((number) => number % 2 === 1)) throw new Error(`odd: ${numbers.join(" ")}`);
      return numbers;
    });
    const results = await Promise.allSettled([2, 3, 4].map((number) => even.add(number)));
    expect(results).toEqual([
      { status: "fulfilled", value: 2 },
      { status: "rejected", reason: new Error("odd: 3") },
      { status: "fulfilled", value: 4 },
    ]);
  });
});
