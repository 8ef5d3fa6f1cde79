import sql from "sql-template-tag";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claimFlowRuns } from "../../../server/runner/claim-flow-runs.ts";
import { makeScheduledRuns } from "../../../server/schedule/make-runs.ts";
import { setVariable } from "../../../server/variable/set-variable.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { stateEvents } from "../../support/events.ts";
import { madeRuns, makeRuns, registerScheduled, schedulesOf } from "../../support/schedules.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const day = 86_400_000;

describe("inputs 6.2: the runs of a schedule", () => {
  it("are made ahead, each with its Scheduled event, tagged, and as made by the deployment", async () => {
    const { id } = await registerScheduled(ctx, "told", [{ cron: "0 9 * * *", timezone: "Europe/Berlin" }], {
      tags: ["b", "a"],
      parameters: { size: 1, colour: "red" },
    });
    await makeRuns(ctx);
    const runs = await madeRuns(ctx, id);
    expect(runs).toHaveLength(3);
    const [schedule] = await schedulesOf(ctx, id);
    for (const run of runs)
      expect(run).toMatchObject({
        stateType: "SCHEDULED",
        stateName: "Scheduled",
        scheduledFor: run.expectedStart,
        autoScheduled: true,
        scheduleId: schedule?.id,
        tags: ["a", "auto-scheduled", "b"],
        parameters: { size: 1, colour: "red" },
        createdBy: `prefect.deployment.${id}`,
        createdByName: "told",
        runCount: 0,
      });
    const [event] = await stateEvents(ctx, runs[0]?.id ?? "");
    expect(event).toMatchObject({
      id: runs[0]?.stateId,
      event: "prefect.flow-run.Scheduled",
      payload: { intended: { from: null, to: "SCHEDULED" } },
    });
    expect(event?.related).toContainEqual({
      "prefect.resource.id": `prefect.deployment.${id}`,
      "prefect.resource.role": "creator",
      "prefect.resource.name": "told",
    });
    expect(event?.related).toContainEqual({
      "prefect.resource.id": "prefect.tag.auto-scheduled",
      "prefect.resource.role": "tag",
    });
  });

  it("are at most 100, and go on behind the last one", async () => {
    const { id } = await registerScheduled(ctx, "often", [{ interval: 1 }]);
    await makeRuns(ctx);
    expect(await madeRuns(ctx, id)).toHaveLength(100);
    await ctx.prisma.schedule.updateMany({ where: { deploymentId: id }, data: { dueAt: new Date() } });
    await makeRuns(ctx);
    const times = (await madeRuns(ctx, id)).map(({ expectedStart }) => expectedStart?.getTime() ?? 0);
    expect(new Set(times).size).toBe(times.length);
    expect(times.every((time, at) => at === 0 || time - (times[at - 1] ?? 0) === 1000)).toBe(true);
  });

  it("have the schedule's parameters laid over the deployment's, checked and filled in", async () => {
    await setVariable(ctx, { name: "size_of_now", value: 7 });
    const parameterSchema = {
      type: "object",
      properties: {
        size: { type: "integer" },
        colour: { type: "string" },
        kind: { type: "string", default: "x" },
      },
      required: ["size"],
    };
    const size = { __prefect_kind: "workspace_variable", variable_name: "size_of_now" };
    const { id } = await registerScheduled(
      ctx,
      "laid",
      [{ cron: "0 9 * * *", parameters: { colour: "blue", size } }],
      {
        parameterSchema,
        parameters: { colour: "red" },
      },
    );
    await makeRuns(ctx);
    expect((await madeRuns(ctx, id))[0]?.parameters).toMatchObject({ colour: "blue", size: 7 });
  });

  it("are made of none that is paused, not active or over", async () => {
    const { id: paused } = await registerScheduled(ctx, "paused", [{ interval: 60 }], { paused: true });
    const { id: inactive } = await registerScheduled(ctx, "inactive", [{ interval: 60, active: false }]);
    const over = { rrule: "DTSTART:20200101T000000\nRRULE:FREQ=DAILY;COUNT=3" };
    const { id: ended } = await registerScheduled(ctx, "over", [over]);
    await makeRuns(ctx);
    for (const id of [paused, inactive, ended]) expect(await madeRuns(ctx, id)).toEqual([]);
    expect(await schedulesOf(ctx, ended)).toMatchObject([{ dueAt: null }]);
  });

  it("are made once where several make them at once, with a registration between", async () => {
    const names = Array.from({ length: 12 }, (_, at) => `at-once-${at}`);
    const ids: string[] = [];
    for (const name of names)
      ids.push((await registerScheduled(ctx, name, [{ interval: 3600 }, { cron: "30 4 * * *" }])).id);
    await Promise.all([
      ...Array.from({ length: 4 }, () => makeRuns(ctx)),
      ...names.map((name, at) =>
        registerScheduled(ctx, name, [{ interval: 3600 }, { cron: "30 4 * * *" }], { version: `v${at % 2}` }),
      ),
    ]);
    await makeRuns(ctx);
    for (const id of ids) {
      const runs = await madeRuns(ctx, id);
      const keys = runs.map(
        ({ scheduleId, expectedStart }) => `${scheduleId} ${expectedStart?.toISOString()}`,
      );
      expect(new Set(keys).size).toBe(keys.length);
      expect(runs).toHaveLength(6);
    }
  });

  it("that somebody has cancelled or deleted are not made again", async () => {
    const { id } = await registerScheduled(ctx, "cancelled", [{ cron: "0 5 * * *" }]);
    await makeRuns(ctx);
    const [first, second] = await madeRuns(ctx, id);
    await ctx.prisma.flowRun.update({
      where: { id: first?.id ?? "" },
      data: { stateType: "CANCELLED", stateName: "Cancelled" },
    });
    await ctx.prisma.flowRun.delete({ where: { id: second?.id ?? "" } });
    await ctx.prisma.schedule.updateMany({ where: { deploymentId: id }, data: { dueAt: new Date() } });
    await makeRuns(ctx);
    expect(await madeRuns(ctx, id)).toHaveLength(2);
    // Not even where all are made anew.
    await registerScheduled(ctx, "cancelled", [{ cron: "0 5 * * *" }], { version: "2" });
    await makeRuns(ctx);
    const runs = await madeRuns(ctx, id);
    expect(runs.map(({ stateType }) => stateType)).toEqual(["CANCELLED", "SCHEDULED", "SCHEDULED"]);
  });

  it("are told as not made where their parameters cannot be filled in any more; others are", async () => {
    await setVariable(ctx, { name: "going", value: 1 });
    const going = { __prefect_kind: "workspace_variable", variable_name: "going" };
    const { id: broken } = await registerScheduled(ctx, "broken", [{ interval: 3600 }], {
      parameters: { going },
    });
    const { id: sound } = await registerScheduled(ctx, "sound", [{ cron: "0 6 * * *" }]);
    await ctx.prisma.variable.deleteMany({ where: { name: "going" } });
    const told: string[] = [];
    await makeScheduledRuns(ctx, (what) => told.push(what))();
    expect(told).toHaveLength(1);
    expect(told[0]).toContain("scheduled/broken");
    expect(await madeRuns(ctx, broken)).toEqual([]);
    expect(await madeRuns(ctx, sound)).toHaveLength(3);
    await ctx.prisma.deployment.delete({ where: { id: broken } });
  });

  it("are looked at again when more are due, and many at a time", async () => {
    for (let at = 0; at < 150; at += 1) await registerScheduled(ctx, `many-${at}`, [{ interval: 600 }]);
    const wait = await makeRuns(ctx);
    expect(wait).toBeGreaterThan(0);
    const [count] = await ctx.db.query<{ runs: number; deployments: number }>(sql`
      SELECT count(*) AS runs, count(DISTINCT deployment_id) AS deployments FROM flow_run r JOIN deployment d ON d.id = r.deployment_id
      WHERE d.name LIKE 'many-%'`);
    expect(count).toEqual({ runs: 150 * 13, deployments: 150 });
  });

  it("can be claimed at their time and not before", async () => {
    const { id } = await registerScheduled(ctx, "claimed", [{ interval: day / 1000 }]);
    await makeRuns(ctx);
    const claim = () => claimFlowRuns(ctx, { runnerId: v7(), deploymentIds: [id], limit: 10 });
    expect(await claim()).toEqual([]);
    const [first] = await madeRuns(ctx, id);
    await ctx.prisma.flowRun.update({ where: { id: first?.id ?? "" }, data: { scheduledFor: new Date() } });
    expect((await claim()).map(({ flowRunId }) => flowRunId)).toEqual([first?.id]);
  });
});
