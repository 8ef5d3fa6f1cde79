import sql from "sql-template-tag";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runDeployment } from "../../../server/deployment/run-deployment.ts";
import { pauseOrResumeDeployment } from "../../../server/deployment/set-deployment-paused.ts";
import { registerRunner } from "../../../server/runner/register-runner.ts";
import { stopRunner } from "../../../server/runner/stop-runner.ts";
import { createSchedule } from "../../../server/schedule/create-schedule.ts";
import { deleteSchedule } from "../../../server/schedule/delete-schedule.ts";
import { setScheduleActive } from "../../../server/schedule/set-schedule-active.ts";
import { updateSchedule } from "../../../server/schedule/update-schedule.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { madeRuns, makeRuns, registerScheduled, schedulesOf, shiftRuns } from "../../support/schedules.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const nine = { cron: "0 9 * * *" };
const ten = { cron: "0 10 * * *" };

async function idsOfRuns(deploymentId: string): Promise<string[]> {
  return (await madeRuns(ctx, deploymentId)).map(({ id }) => id);
}

/** The newest event about the deployment. */
async function told(deploymentId: string) {
  const events = await ctx.prisma.event.findMany({
    where: { event: { startsWith: "prefect.deployment." } },
    orderBy: { position: "desc" },
  });
  return events.find(
    ({ resource }) =>
      (resource as Record<string, string>)["prefect.resource.id"] === `prefect.deployment.${deploymentId}`,
  );
}

describe("inputs 6.2: registering a deployment again", () => {
  it("an equal definition keeps its schedules and the runs that they have made", async () => {
    const given = [nine, { interval: 3600, parameters: { n: 1 } }];
    const { id } = await registerScheduled(ctx, "equal", given);
    await makeRuns(ctx);
    const before = { schedules: await schedulesOf(ctx, id), runs: await idsOfRuns(id) };
    const { schedules } = await registerScheduled(ctx, "equal", given);
    expect(schedules).toMatchObject({ created: [], updated: [], removed: [] });
    expect(schedules.unchanged).toEqual(["cron 0 9 * * * (UTC)", "every 3600 s (UTC)"]);
    expect({ schedules: await schedulesOf(ctx, id), runs: await idsOfRuns(id) }).toEqual(before);
  });

  it("finds a schedule by what it is, then by its place; the others come and go, with their runs", async () => {
    const { id } = await registerScheduled(ctx, "changes", [nine, ten, { interval: 3600 }]);
    await makeRuns(ctx);
    const [first, second, third] = await schedulesOf(ctx, id);
    const kept = (await madeRuns(ctx, id)).filter(({ scheduleId }) => scheduleId === second?.id);
    const { schedules } = await registerScheduled(ctx, "changes", [ten, { cron: "30 9 * * *" }]);
    expect(schedules).toEqual({
      created: ["cron 30 9 * * * (UTC)"],
      updated: [],
      unchanged: ["cron 0 10 * * * (UTC)"],
      removed: ["cron 0 9 * * * (UTC)", "every 3600 s (UTC)"],
    });
    const now = await schedulesOf(ctx, id);
    expect(now[0]?.id).toBe(second?.id);
    expect([first?.id, second?.id, third?.id]).not.toContain(now[1]?.id);
    expect(await idsOfRuns(id)).toEqual(kept.map((run) => run.id));
    const again = await registerScheduled(ctx, "changes", [ten, { cron: "45 9 * * *" }]);
    expect(again.schedules.updated).toEqual(["cron 45 9 * * * (UTC)"]);
    expect((await schedulesOf(ctx, id))[1]?.id).toBe(now[1]?.id);
    expect(await told(id)).toMatchObject({
      event: "prefect.deployment.updated",
      payload: { changed: ["schedules"] },
    });
    await registerScheduled(ctx, "changes");
    expect(await schedulesOf(ctx, id)).toEqual([]);
    expect(await idsOfRuns(id)).toEqual([]);
  });

  it("another deployment has its runs made anew; late, begun, manual and resuming ones stay", async () => {
    const { id } = await registerScheduled(ctx, "anew", [{ interval: 3600 }]);
    await makeRuns(ctx);
    const manual = await runDeployment(ctx, {
      deployment: id,
      scheduledTime: new Date(Date.now() + 3_600_000),
    });
    const [late, begun, resuming] = await idsOfRuns(id);
    const set = (run: string | undefined, data: object) =>
      ctx.prisma.flowRun.update({ where: { id: run ?? "" }, data });
    await set(late, { stateName: "Late", scheduledFor: new Date(Date.now() - 60_000) });
    await set(begun, { runCount: 1 });
    await set(resuming, { stateName: "Resuming" });
    await registerScheduled(ctx, "anew", [{ interval: 3600 }], { parameters: { n: 2 } });
    expect(await idsOfRuns(id)).toEqual([late, begun, resuming]);
    expect(await ctx.prisma.flowRun.count({ where: { id: manual } })).toBe(1);
    await set(resuming, { stateName: "Scheduled", idempotencyKey: "freed" });
    await registerScheduled(ctx, "anew", [{ interval: 3600 }], { parameters: { n: 3 } });
    await makeRuns(ctx);
    const runs = await madeRuns(ctx, id);
    expect(runs.map((run) => run.id)).not.toContain(resuming);
    expect(runs.filter(({ parameters }) => (parameters as { n?: number }).n === 3).length).toBeGreaterThan(0);
  });

  it("what an operator has put out of action stays so, unless the definition says otherwise", async () => {
    const { id } = await registerScheduled(ctx, "operator", [nine]);
    await makeRuns(ctx);
    const [schedule] = await schedulesOf(ctx, id);
    await setScheduleActive(ctx, { id: schedule?.id ?? "", active: false });
    expect(await idsOfRuns(id)).toEqual([]);
    await registerScheduled(ctx, "operator", [nine]);
    await registerScheduled(ctx, "operator", [ten]);
    await makeRuns(ctx);
    expect(await schedulesOf(ctx, id)).toMatchObject([{ id: schedule?.id, active: false, cron: ten.cron }]);
    expect(await idsOfRuns(id)).toEqual([]);
    await registerScheduled(ctx, "operator", [{ ...ten, active: true }]);
    await makeRuns(ctx);
    expect(await idsOfRuns(id)).toHaveLength(3);
    await registerScheduled(ctx, "operator", [{ ...ten, active: false }]);
    expect(await idsOfRuns(id)).toEqual([]);
  });

  it("an interval goes on counting from where it began", async () => {
    const { id } = await registerScheduled(ctx, "anchored", [{ interval: 7 * 86_400 }]);
    const [before] = await schedulesOf(ctx, id);
    await registerScheduled(ctx, "anchored", [{ interval: 7 * 86_400 }], { version: "2" });
    await registerScheduled(ctx, "anchored", [{ interval: 7 * 86_400, catchUp: false }]);
    expect((await schedulesOf(ctx, id))[0]).toMatchObject({
      id: before?.id,
      anchor: before?.anchor,
      catchUp: false,
    });
    const anchor = new Date("2026-01-01T08:00:00Z");
    await registerScheduled(ctx, "anchored", [{ interval: 7 * 86_400, anchor }]);
    expect((await schedulesOf(ctx, id))[0]).toMatchObject({ id: before?.id, anchor });
  });

  it("is refused with every problem of all schedules, and nothing is stored", async () => {
    const refused = registerScheduled(ctx, "refused", [{ cron: "61 * * * *" }, { ...nine, interval: 5 }, {}]);
    await expect(refused).rejects.toMatchObject({
      issues: [
        { path: ["deployment", "schedules", "0", "cron"] },
        { path: ["deployment", "schedules", "1"] },
        { path: ["deployment", "schedules", "2"] },
      ],
    });
    const parameterSchema = { type: "object", properties: { n: { type: "integer" } }, required: ["n"] };
    const short = registerScheduled(ctx, "refused", [{ ...nine, parameters: { n: 1 } }, nine], {
      parameterSchema,
    });
    await expect(short).rejects.toMatchObject({
      issues: [{ path: ["deployment", "schedules", "1", "parameters", "n"] }],
    });
    const wrong = registerScheduled(ctx, "refused", [nine, { ...nine, parameters: { n: "x" } }, nine], {
      parameterSchema,
      parameters: { n: "y" },
    });
    await expect(wrong).rejects.toMatchObject({
      issues: [
        { path: ["deployment", "parameters", "n"] },
        { path: ["deployment", "schedules", "1", "parameters", "n"] },
      ],
    });
    expect(await ctx.prisma.deployment.count({ where: { name: "refused" } })).toBe(0);
  });
});

describe("actions 1.2: pausing a deployment", () => {
  it("deletes the runs that its schedules have made ahead, and leaves the schedules as they are", async () => {
    const { id } = await registerScheduled(ctx, "pausing", [nine, { ...ten, active: false }]);
    await makeRuns(ctx);
    const manual = await runDeployment(ctx, { deployment: id, scheduledTime: new Date(Date.now() + 60_000) });
    const before = (await madeRuns(ctx, id)).map(({ expectedStart }) => expectedStart);
    expect(before).toHaveLength(3);
    await pauseOrResumeDeployment(ctx, { id, paused: true });
    await makeRuns(ctx);
    expect(await idsOfRuns(id)).toEqual([]);
    expect(await ctx.prisma.flowRun.count({ where: { id: manual } })).toBe(1);
    expect((await schedulesOf(ctx, id)).map(({ active }) => active)).toEqual([true, false]);
    await pauseOrResumeDeployment(ctx, { id, paused: false });
    await makeRuns(ctx);
    expect((await madeRuns(ctx, id)).map(({ expectedStart }) => expectedStart)).toEqual(before);
  });

  it("meets a scheduler at work with all of its runs or none", async () => {
    const ids: string[] = [];
    for (let at = 0; at < 8; at += 1)
      ids.push((await registerScheduled(ctx, `race-${at}`, [{ interval: 60 }])).id);
    await Promise.all([
      makeRuns(ctx),
      makeRuns(ctx),
      ...ids.map((id) => pauseOrResumeDeployment(ctx, { id, paused: true })),
    ]);
    for (const id of ids) expect(await idsOfRuns(id)).toEqual([]);
  });
});

describe("inputs 70: schedules of a deployment that nobody serves", () => {
  const serve = (id: string) => registerRunner(ctx, { runner: { id: v7(), name: "r", deploymentIds: [id] } });

  it("make no runs from when its last runner stops until the next one begins", async () => {
    const { id } = await registerScheduled(ctx, "served", [nine, { ...ten, active: false }]);
    const [one, two] = [await serve(id), await serve(id)];
    await makeRuns(ctx);
    await stopRunner(ctx, { id: one, pauseTriggers: true });
    expect(await idsOfRuns(id)).toHaveLength(3);
    await stopRunner(ctx, { id: two, pauseTriggers: true });
    expect(await idsOfRuns(id)).toEqual([]);
    expect((await schedulesOf(ctx, id)).map(({ active }) => active)).toEqual([false, false]);
    await registerScheduled(ctx, "served", [nine, { ...ten, active: false }]);
    await makeRuns(ctx);
    expect(await idsOfRuns(id)).toEqual([]);
    await serve(id);
    await makeRuns(ctx);
    expect((await schedulesOf(ctx, id)).map(({ active }) => active)).toEqual([true, false]);
    expect(await idsOfRuns(id)).toHaveLength(3);
  });

  it("stay as they are where the runner says so, and as an operator has put them since", async () => {
    const { id } = await registerScheduled(ctx, "left", [nine]);
    await stopRunner(ctx, { id: await serve(id), pauseTriggers: false });
    expect((await schedulesOf(ctx, id))[0]?.active).toBe(true);
    await stopRunner(ctx, { id: await serve(id), pauseTriggers: true });
    const [schedule] = await schedulesOf(ctx, id);
    await setScheduleActive(ctx, { id: schedule?.id ?? "", active: false });
    await serve(id);
    expect((await schedulesOf(ctx, id))[0]?.active).toBe(false);
  });
});

describe("inputs 6.2: schedules made by hand", () => {
  it("are checked, changed and deleted, and registering leaves them alone", async () => {
    const { id: deploymentId } = await registerScheduled(ctx, "by-hand", [nine]);
    const id = await createSchedule(ctx, { deployment: "scheduled/by-hand", schedule: ten });
    await registerScheduled(ctx, "by-hand", [{ cron: "0 8 * * *" }]);
    await makeRuns(ctx);
    expect((await schedulesOf(ctx, deploymentId)).map(({ cron }) => cron)).toEqual(["0 8 * * *", ten.cron]);
    expect(await idsOfRuns(deploymentId)).toHaveLength(6);
    await updateSchedule(ctx, { id, schedule: { cron: "0 11 * * *", maxLateRuns: 1 } });
    expect(await idsOfRuns(deploymentId)).toHaveLength(3);
    await makeRuns(ctx);
    expect(await idsOfRuns(deploymentId)).toHaveLength(6);
    expect(await told(deploymentId)).toMatchObject({ payload: { changed: ["schedules"] } });
    const refused = updateSchedule(ctx, { id, schedule: { cron: "x" } });
    await expect(refused).rejects.toMatchObject({ issues: [{ path: ["schedule", "cron"] }] });
    expect(await deleteSchedule(ctx, id)).toEqual([id]);
    expect(await deleteSchedule(ctx, id)).toEqual([]);
    expect(await idsOfRuns(deploymentId)).toHaveLength(3);
    await expect(setScheduleActive(ctx, { id, active: true })).rejects.toThrow("no schedule");
    await expect(createSchedule(ctx, { deployment: "no/such", schedule: nine })).rejects.toThrow(
      "no deployment",
    );
  });

  it("a deleted one waits for nobody who holds a run of it", async () => {
    const { id: deploymentId } = await registerScheduled(ctx, "held");
    const id = await createSchedule(ctx, { deployment: deploymentId, schedule: { interval: 3600 } });
    await makeRuns(ctx);
    await shiftRuns(ctx, deploymentId, -7200 - 60);
    const [late] = await idsOfRuns(deploymentId);
    await ctx.db.transaction(async (tx) => {
      await tx.query(sql`SELECT FROM flow_run WHERE id = ${late}::uuid FOR UPDATE`);
      expect(await deleteSchedule(ctx, id)).toEqual([id]);
    });
    expect(await idsOfRuns(deploymentId)).toContain(late);
  });
});
