import { randomUUID } from "node:crypto";
import sql, { type Sql } from "sql-template-tag";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { giveLeaseBack } from "../../../server/evaluator/lease.ts";
import { readClock } from "../../../server/evaluator/log-state.ts";
import { Session } from "../../../server/evaluator/session.ts";
import { emitEvent } from "../../../server/event/emit-event.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { automation, firingsOf } from "../../support/engine.ts";
import { appendAt, holdLease, judgeAll, logClock, setLogClock } from "../../support/virtual-log.ts";

let ctx: TestContext;

beforeEach(async () => {
  ctx = await createTestContext();
});
afterEach(() => ctx.close());

const resource = { "prefect.resource.id": "thing" };
const absence = { posture: "Proactive", after: ["begun"], expect: ["ended"], within: 10 };

/** An evaluator that has caught up, and how long it sleeps then. */
async function caughtUp(of = ctx): Promise<{ session: Session; sleeps: number; epoch: number }> {
  const epoch = await holdLease(ctx);
  const session = await Session.open(of, epoch, new Map());
  for (;;) {
    const sleeps = await session.turn();
    if (sleeps > 0) return { session, sleeps, epoch };
  }
}

async function evaluatorRow() {
  const [row] = await ctx.db.query<{ position: number; wall: Date }>(
    sql`SELECT position, wall FROM evaluator`,
  );
  if (row === undefined) throw new Error("there is one evaluator");
  return row;
}

describe("triggers 19.3: clocks", () => {
  it("`received` is whole milliseconds of the database's clock, never below that of the position before", async () => {
    await Promise.all(
      Array.from({ length: 40 }, () => emitEvent(ctx, { event: "a", resource, id: randomUUID() })),
    );
    // A clock that was set back does not take the log with it.
    await setLogClock(ctx, Date.now() + 3_600_000);
    await emitEvent(ctx, { event: "a", resource });
    const [wrong] = await ctx.db.query(sql`
      SELECT FROM (SELECT received, lag(received) OVER (ORDER BY position) AS before FROM event) AS e
      WHERE received < before OR received <> date_trunc('milliseconds', received)`);
    expect(wrong).toBeUndefined();
  });

  it("whatever comes after time alone made something fire is received later", async () => {
    const id = await automation(ctx, { trigger: absence });
    const begun = (await logClock(ctx)) + 60_000;
    await appendAt(ctx, [{ received: begun, event: "begun", resource }]);
    await setLogClock(ctx, begun + 12_000);
    await judgeAll(ctx);
    expect(await firingsOf(ctx, id)).toHaveLength(1);
    const { wall } = await evaluatorRow();
    const { received } = await emitEvent(ctx, { event: "ended", resource });
    expect(received.getTime()).toBeGreaterThanOrEqual(wall.getTime());
  });

  it("the clock is not read where the log has grown: what came meanwhile is judged first", async () => {
    const { position } = await emitEvent(ctx, { event: "a", resource });
    expect(await readClock(ctx.db, position)).not.toBeNull();
    await emitEvent(ctx, { event: "a", resource });
    expect(await readClock(ctx.db, position)).toBeNull();
  });

  it("it sleeps until the first end of a window, as late as the events come", async () => {
    await automation(ctx, { trigger: absence });
    const now = (await logClock(ctx)) + 60_000;
    // Two seconds late.
    await appendAt(ctx, [{ received: now, occurred: now - 2_000, event: "begun", resource }]);
    await setLogClock(ctx, now + 9_000);
    const { sleeps, epoch } = await caughtUp();
    // 10 s from when it occurred, and the lag.
    expect(sleeps).toBe(1_000);
    await giveLeaseBack(ctx.db, epoch);
  });

  it("it sleeps until the first event has waited long enough for its leader", async () => {
    await automation(ctx, { trigger: { expect: ["a"] } });
    const now = (await logClock(ctx)) + 60_000;
    await appendAt(ctx, [{ received: now, event: "a", resource, follows: randomUUID() }]);
    await setLogClock(ctx, now + 899_000);
    const { sleeps, epoch } = await caughtUp();
    expect(sleeps).toBe(1_000);
    await giveLeaseBack(ctx.db, epoch);
  });

  it("with nothing due it looks once, writes nothing, and sleeps for as long as the safety poll allows", async () => {
    await automation(ctx, { trigger: absence });
    await emitEvent(ctx, { event: "other", resource });
    const asked: string[] = [];
    const query = <Row>(statement: Sql) => {
      asked.push(statement.text.trim());
      return ctx.db.query<Row>(statement);
    };
    const { session, epoch } = await caughtUp({ ...ctx, db: { ...ctx.db, query } });
    asked.length = 0;
    expect(await session.turn()).toBe(5_000);
    // The log behind its position, and what is due next.
    expect(asked.map((text) => text.split(/\s/)[0])).toEqual(["SELECT", "SELECT"]);
    await giveLeaseBack(ctx.db, epoch);
  });
});
