import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseAutomationDocument } from "../../../core/automation/parse.ts";
import { InvalidInputError } from "../../../core/error.ts";
import { createAutomation } from "../../../server/automation/create-automation.ts";
import { setAutomationEnabled } from "../../../server/automation/set-automation-enabled.ts";
import type { Context } from "../../../server/context.ts";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { registerRunner } from "../../../server/runner/register-runner.ts";
import { stopRunner } from "../../../server/runner/stop-runner.ts";
import { createWorkPool } from "../../../server/work-pool/create-work-pool.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const paid = { expect: ["order.paid"], for_each: ["prefect.resource.id"] };
const late = {
  type: "event",
  posture: "Proactive",
  after: ["order.created"],
  expect: ["order.paid"],
  within: 60,
};

function register(name: string, triggers?: unknown) {
  return registerDeployment(ctx, { deployment: { flowName: "orders", name, triggers } });
}

/** What the deployment owns, by name. */
async function owned(context: Context, deploymentId: string) {
  const rows = await context.prisma.automation.findMany({
    where: { ownerResource: `prefect.deployment.${deploymentId}`, deletedAt: null },
    orderBy: { name: "asc" },
  });
  return rows;
}

async function isWatching(deploymentId: string, name: string): Promise<boolean | undefined> {
  return (await owned(ctx, deploymentId)).find((row) => row.name === name)?.enabled;
}

async function position(): Promise<number> {
  return Number((await ctx.prisma.eventLog.findFirstOrThrow()).position);
}

describe("actions 4.2: a trigger of a deployment", () => {
  it("is an automation of the deployment's own that runs it, named by its place where it has no name", async () => {
    const { id, triggers } = await register("named", [paid, { ...late, name: "reminder" }, paid]);
    expect(triggers.created.map(({ name }) => name)).toEqual([
      "named__automation_1",
      "reminder",
      "named__automation_3",
    ]);
    const rows = await owned(ctx, id);
    expect(rows.map(({ name }) => name)).toEqual(["named__automation_1", "named__automation_3", "reminder"]);
    for (const { actions } of rows)
      expect(actions).toEqual([
        {
          type: "run-deployment",
          deployment: { source: "selected", id },
          parameters: null,
          scheduleAfter: 0,
        },
      ]);
  });

  it("keeps run-time templates in its parameters as they are", async () => {
    const parameters = { id: "{{ event.resource.id }}", all: "{{ event }}" };
    const { id } = await register("templates", [{ ...paid, parameters }]);
    expect((await owned(ctx, id))[0]?.actions).toMatchObject([{ parameters }]);
  });
});

describe("actions 4.3: registering again", () => {
  it("an equal list changes nothing: the same ids, the same times, no event", async () => {
    const { id } = await register("equal", [paid, late]);
    const before = { rows: await owned(ctx, id), position: await position() };
    const { triggers } = await register("equal", [{ ...paid, type: "event", threshold: 1 }, late]);
    expect(triggers.unchanged).toHaveLength(2);
    expect({ rows: await owned(ctx, id), position: await position() }).toEqual(before);
  });

  it("changes in place, creates and removes, and leaves automations made by hand alone", async () => {
    const { id } = await register("changes", [
      { ...paid, name: "one" },
      { ...paid, name: "two" },
      { ...paid, name: "three" },
    ]);
    const byHand = await createAutomation(
      ctx,
      parseAutomationDocument({
        name: "by hand",
        trigger: paid,
        actions: [{ type: "run-deployment", deployment_id: id }],
      }),
    );
    const before = new Map((await owned(ctx, id)).map((row) => [row.name, row]));
    const { triggers } = await register("changes", [
      { ...paid, name: "one" },
      { ...paid, name: "two", threshold: 2 },
      { ...late, name: "four" },
    ]);
    const names = Object.fromEntries(
      Object.entries(triggers).map(([what, list]) => [what, list.map(({ name }) => name)]),
    );
    expect(names).toEqual({ created: ["four"], updated: ["two"], unchanged: ["one"], removed: ["three"] });
    const after = new Map((await owned(ctx, id)).map((row) => [row.name, row]));
    expect(after.get("one")).toEqual(before.get("one"));
    expect(after.get("two")?.id).toBe(before.get("two")?.id);
    expect(await ctx.prisma.automation.findUnique({ where: { id: byHand } })).toMatchObject({
      deletedAt: null,
    });
    await register("changes");
    expect(await owned(ctx, id)).toEqual([]);
    expect(await ctx.prisma.automation.findUnique({ where: { id: byHand } })).toMatchObject({
      deletedAt: null,
    });
  });

  it("what an operator has paused stays paused, unless the definition says otherwise", async () => {
    const { id } = await register("paused", [paid]);
    const [row] = await owned(ctx, id);
    await setAutomationEnabled(ctx, row?.id ?? "", false);
    await register("paused", [paid]);
    expect(await isWatching(id, "paused__automation_1")).toBe(false);
    await register("paused", [{ ...paid, threshold: 3 }]);
    expect(await isWatching(id, "paused__automation_1")).toBe(false);
    await register("paused", [{ ...paid, enabled: true }]);
    expect(await isWatching(id, "paused__automation_1")).toBe(true);
  });

  it("one bad trigger refuses the whole registration, with every problem and its place", async () => {
    const { id } = await register("refused", [paid]);
    const before = { rows: await owned(ctx, id), position: await position() };
    const error = await register("refused", [
      { ...paid, threshold: 2 },
      { ...paid, matches: {} },
      { ...late, within: 5 },
      "order.paid",
    ]).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error.issues.map(({ path }: { path: string[] }) => path.join("."))).toEqual([
      "deployment.triggers.1.matches",
      "deployment.triggers.2.within",
      "deployment.triggers.3",
    ]);
    expect({ rows: await owned(ctx, id), position: await position() }).toEqual(before);
    const refused = registerDeployment(ctx, {
      deployment: { flowName: "orders", name: "new/one", triggers: [{ ...late, within: 5 }] },
    });
    await expect(refused).rejects.toMatchObject({
      issues: [{ path: ["deployment", "name"] }, { path: ["deployment", "triggers", "0", "within"] }],
    });
    expect(await ctx.prisma.deployment.count({ where: { name: { contains: "new" } } })).toBe(0);
  });

  it("two triggers of one name, and one that would run for ever, are refused before anything is stored", async () => {
    const loop = { expect: ["prefect.flow-run.Running"] };
    for (const triggers of [
      [
        { ...paid, name: "twin" },
        { ...late, name: "twin" },
      ],
      [loop],
    ]) {
      await expect(register("never", triggers)).rejects.toThrow(InvalidInputError);
      expect(await ctx.prisma.deployment.count({ where: { name: "never" } })).toBe(0);
    }
  });

  it("two registrations at once leave one automation for each trigger", async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => register("at-once", [paid, late])));
    expect(all.flatMap(({ triggers }) => triggers.created)).toHaveLength(2);
    expect(await owned(ctx, all[0]?.id ?? "")).toHaveLength(2);
  });
});

describe("actions 4.3: triggers of a deployment that nobody serves", () => {
  async function serve(deploymentId: string): Promise<string> {
    return registerRunner(ctx, { runner: { id: v7(), name: "r", deploymentIds: [deploymentId] } });
  }

  it("are paused when the last runner stops, and watch again when the next begins", async () => {
    const { id } = await register("served", [paid]);
    const [one, two] = [await serve(id), await serve(id)];
    expect(await stopRunner(ctx, { id: one, pauseTriggers: true })).toEqual([]);
    expect(await isWatching(id, "served__automation_1")).toBe(true);
    expect(await stopRunner(ctx, { id: two, pauseTriggers: true })).toEqual(["served__automation_1"]);
    expect(await isWatching(id, "served__automation_1")).toBe(false);
    await register("served", [paid]);
    expect(await isWatching(id, "served__automation_1")).toBe(false);
    await serve(id);
    expect(await isWatching(id, "served__automation_1")).toBe(true);
  });

  it("stay on where the runner says so", async () => {
    const { id } = await register("stays", [paid]);
    expect(await stopRunner(ctx, { id: await serve(id), pauseTriggers: false })).toEqual([]);
    expect(await isWatching(id, "stays__automation_1")).toBe(true);
  });

  it("that were changed meanwhile watch again all the same", async () => {
    const { id } = await register("changed", [paid]);
    await stopRunner(ctx, { id: await serve(id), pauseTriggers: true });
    await register("changed", [{ ...paid, threshold: 5 }]);
    expect(await isWatching(id, "changed__automation_1")).toBe(false);
    await serve(id);
    expect(await isWatching(id, "changed__automation_1")).toBe(true);
  });

  it("watch again once the deployment is of a work pool, for its workers run it", async () => {
    const { id } = await register("pooled", [paid]);
    await stopRunner(ctx, { id: await serve(id), pauseTriggers: true });
    await createWorkPool(ctx, { pool: { name: "machines" } });
    const deployment = { flowName: "orders", name: "pooled", triggers: [paid], workPool: "machines" };
    await registerDeployment(ctx, { deployment });
    expect(await isWatching(id, "pooled__automation_1")).toBe(true);
  });

  it("stay as an operator has put them, before the stop and after it", async () => {
    const { id } = await register("operator", [
      { ...paid, name: "before" },
      { ...paid, name: "resumed" },
      { ...paid, name: "again" },
    ]);
    const ids = new Map((await owned(ctx, id)).map((row) => [row.name, row.id]));
    const set = (name: string, enabled: boolean) => setAutomationEnabled(ctx, ids.get(name) ?? "", enabled);
    await set("before", false);
    await stopRunner(ctx, { id: await serve(id), pauseTriggers: true });
    await set("resumed", true);
    await set("again", true);
    await set("again", false);
    await serve(id);
    expect(await isWatching(id, "before")).toBe(false);
    expect(await isWatching(id, "resumed")).toBe(true);
    expect(await isWatching(id, "again")).toBe(false);
  });

  it("watch, whichever comes first, where one runner begins as the last one stops", async () => {
    const { id } = await register("handover", [paid]);
    let runner = await serve(id);
    for (let turn = 0; turn < 20; turn++) {
      const [next] = await Promise.all([serve(id), stopRunner(ctx, { id: runner, pauseTriggers: true })]);
      expect(await isWatching(id, "handover__automation_1")).toBe(true);
      runner = next;
    }
  });
});
