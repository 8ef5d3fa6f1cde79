import { randomUUID } from "node:crypto";
import sql from "sql-template-tag";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../core/json.ts";
import { firingsOf, jobsOf } from "../../../server/action/job-payload.ts";
import type { Jobs } from "../../../server/action/jobs.ts";
import { startActions } from "../../../server/action/start-actions.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { fired, storedAction, unexpected } from "../../support/fired.ts";
import { servedRun } from "../../support/runs.ts";
import { until } from "../../support/wire.ts";

let ctx: TestContext;
let jobs: Jobs;
beforeAll(async () => {
  ctx = await createTestContext();
  await ctx.db.query(sql`INSERT INTO server (id) VALUES (${ctx.serverId}::uuid) ON CONFLICT DO NOTHING`);
  jobs = await startActions(ctx, unexpected);
});
afterAll(async () => {
  await jobs.close();
  await ctx.close();
});

const emit = (event: string, more: JsonObject = {}): JsonObject => ({
  type: "emit-event",
  event,
  resource: { "prefect.resource.id": "thing" },
  ...more,
});

const carriedOut = () =>
  until("all actions are carried out", async () => {
    const left = await ctx.db.query(sql`SELECT id FROM action_run WHERE status IN ('PENDING', 'RUNNING')`);
    return left.length === 0;
  });

/** The numbers at the ends of the names of events that begin so, in the log's order. */
async function numbers(prefix: string): Promise<number[]> {
  const events = await ctx.db.query<{ event: string }>(
    sql`SELECT event FROM event WHERE starts_with(event, ${prefix}) ORDER BY position`,
  );
  return events.map(({ event }) => Number(event.slice(prefix.length)));
}

describe("actions 1.0: actions of one firing are started in the order of their lists", () => {
  it("one after the other, also where one of them takes longer, or fails", async () => {
    const name = `${randomUUID()}.`;
    const places = Array.from({ length: 12 }, (_, at) => at);
    await fired(
      ctx,
      places.map((at) =>
        emit(`${name}${at}`, at === 4 ? { strict: true, payload: { x: "{{ nothing }}" } } : {}),
      ),
    );
    await carriedOut();
    expect(await numbers(name)).toEqual(places.filter((at) => at !== 4));
  });

  it("those of `actions` before those of `actions_on_trigger`", async () => {
    const name = `${randomUUID()}.`;
    await fired(ctx, {
      actions: [emit(`${name}0`), emit(`${name}1`)],
      actions_on_trigger: [emit(`${name}2`), emit(`${name}3`)],
    });
    await carriedOut();
    expect(await numbers(name)).toEqual([0, 1, 2, 3]);
  });

  it("of two that delete one run the first does, and the second finds it gone", async () => {
    const { flowRunId } = await servedRun(ctx, `flow ${randomUUID()}`);
    const remove = { type: "delete-flow-run", source: "selected", flow_run_id: flowRunId };
    const { runs } = await fired(ctx, [remove, remove]);
    await carriedOut();
    expect(await Promise.all(runs.map((id) => storedAction(ctx, id)))).toMatchObject([
      { status: "SUCCEEDED" },
      { status: "FAILED", result: { status_code: 404 } },
    ]);
  });
});

describe("jobs of action runs", () => {
  const run = (firingId: string, id: string, type = "do-nothing") => ({
    id,
    firingId,
    // Only its type is looked at.
    action: { type } as Parameters<typeof jobsOf>[0][number]["action"],
  });

  it("keep those of one firing together, and put the jobs where their first ones are", () => {
    const runs = [
      run("a", "a0"),
      run("b", "b0", "call-webhook"),
      run("b", "b1"),
      run("b", "b2", "call-webhook"),
      run("b", "b3"),
    ];
    const jobs = [{ ids: ["a0", ["b1", "b3"]] }, { id: "b0" }, { id: "b2" }];
    expect(jobsOf(runs)).toEqual(jobs);
    expect(jobs.map(firingsOf)).toEqual([[["a0"], ["b1", "b3"]], [["b0"]], [["b2"]]]);
  });

  it("have so many at most, but for what one firing starts", () => {
    const many = Array.from({ length: 70 }, (_, at) => run(`${at}`, `${at}`));
    const whole = Array.from({ length: 60 }, (_, at) => run("one", `one ${at}`));
    expect(jobsOf(many).map((job) => firingsOf(job).length)).toEqual([50, 20]);
    expect(
      jobsOf([...many.slice(0, 49), ...whole, ...many.slice(49)]).map((job) => firingsOf(job).flat().length),
    ).toEqual([109, 21]);
  });

  it("are read as they were stored before there was an order in them", () => {
    expect(firingsOf({ ids: ["a", "b"] })).toEqual([["a"], ["b"]]);
  });

  it.each([{}, { ids: [] }, { ids: [1] }, { ids: [["a", 1]] }, "a", null])("are none: %j", (payload) => {
    expect(() => firingsOf(payload)).toThrow("names no action runs");
  });
});
