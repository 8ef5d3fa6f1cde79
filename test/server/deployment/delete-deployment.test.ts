import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { StateConflictError } from "../../../core/error.ts";
import { readWarnings } from "../../../server/automation/read-warnings.ts";
import { lockAutomation, storedAutomation } from "../../../server/automation/row.ts";
import { deleteDeployment } from "../../../server/deployment/delete-deployment.ts";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { runDeployment } from "../../../server/deployment/run-deployment.ts";
import { retry } from "../../../server/flow-run/retry.ts";
import { setFlowRunState } from "../../../server/flow-run/set-flow-run-state.ts";
import { startExecution } from "../../../server/flow-run/start-execution.ts";
import { ask } from "../../../server/pause/ask.ts";
import { resume } from "../../../server/pause/resume.ts";
import { claimFlowRuns } from "../../../server/runner/claim-flow-runs.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { automation } from "../../support/engine.ts";
import { eventsAbout, lastEvent } from "../../support/events.ts";
import { question } from "../../support/runs.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

async function deployment(triggers: unknown[] = []): Promise<string> {
  const given = { flowName: `flow ${v7()}`, name: "main", triggers };
  return (await registerDeployment(ctx, { deployment: given })).id;
}

async function started(deploymentId: string) {
  await runDeployment(ctx, { deployment: deploymentId });
  const [claimed] = await claimFlowRuns(ctx, { runnerId: v7(), deploymentIds: [deploymentId], limit: 1 });
  if (claimed === undefined) throw new Error("nothing was claimed");
  return startExecution(ctx, claimed);
}

const idsLeft = async (ids: string[]) =>
  (await ctx.prisma.flowRun.findMany({ where: { id: { in: ids } } })).map(({ id }) => id);

describe("inputs 6.1: deleting a deployment", () => {
  it("deletes its runs that never started, and leaves those that have", async () => {
    const id = await deployment();
    const running = await started(id);
    const suspended = await started(id);
    await ask(ctx, { ...suspended, question: question({ kind: "SUSPEND" }) });
    const waiting = [
      await runDeployment(ctx, { deployment: id }),
      await runDeployment(ctx, { deployment: id, scheduledTime: new Date(Date.now() + 3_600_000) }),
    ];
    expect(await deleteDeployment(ctx, id)).toEqual([id]);
    expect(await ctx.prisma.deployment.findUnique({ where: { id } })).toBeNull();
    const all = [running.flowRunId, suspended.flowRunId, ...waiting];
    expect((await idsLeft(all)).sort()).toEqual([running.flowRunId, suspended.flowRunId].sort());
  });

  it("what is suspended can no longer be resumed", async () => {
    const id = await deployment();
    const run = await started(id);
    await ask(ctx, { ...run, question: question({ kind: "SUSPEND" }) });
    await deleteDeployment(ctx, id);
    const refused = await resume(ctx, { flowRunId: run.flowRunId, input: { approved: true } }).catch(
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(StateConflictError);
    expect(refused).toMatchObject({ code: "NO_DEPLOYMENT" });
  });

  it("inputs 3: registering the same name again makes them resumable and retriable again, and asks for their keys once", async () => {
    const given = { flowName: `flow ${v7()}`, name: "main" };
    const register = async (name = given.name) =>
      (await registerDeployment(ctx, { deployment: { ...given, name } })).id;
    const first = await register();
    const suspended = await started(first);
    await ask(ctx, { ...suspended, question: question({ kind: "SUSPEND" }) });
    const failed = await started(first);
    await setFlowRunState(ctx, { ...failed, state: { type: "FAILED" } });
    const keyed = await runDeployment(ctx, { deployment: first, idempotencyKey: "once" });
    const [claimed] = await claimFlowRuns(ctx, { runnerId: v7(), deploymentIds: [first], limit: 1 });
    expect(claimed?.flowRunId).toBe(keyed);
    await deleteDeployment(ctx, first);
    await register("another");
    const again = await register();

    await resume(ctx, { flowRunId: suspended.flowRunId, input: { approved: true } });
    await retry(ctx, { flowRunId: failed.flowRunId });
    const runs = await claimFlowRuns(ctx, { runnerId: v7(), deploymentIds: [again], limit: 10 });
    expect(runs.map(({ flowRunId }) => flowRunId).sort()).toEqual(
      [suspended.flowRunId, failed.flowRunId].sort(),
    );
    expect(await runDeployment(ctx, { deployment: again, idempotencyKey: "once" })).toBe(keyed);

    await deleteDeployment(ctx, again);
    const third = await register();
    const taken = await ctx.prisma.flowRun.findMany({ where: { deploymentId: third } });
    expect(taken.map(({ id }) => id).sort()).toEqual([suspended.flowRunId, failed.flowRunId, keyed].sort());
  });

  it("is told by one event; deleting what is not there deletes nothing", async () => {
    const id = await deployment();
    expect(await deleteDeployment(ctx, id)).toEqual([id]);
    expect(await deleteDeployment(ctx, id)).toEqual([]);
    expect(await deleteDeployment(ctx, "no id")).toEqual([]);
    const events = await eventsAbout(ctx, `prefect.deployment.${id}`);
    expect(events.map(({ event }) => event)).toEqual([
      "prefect.deployment.created",
      "prefect.deployment.deleted",
    ]);
  });

  it("among runs that are made at the same time leaves none of it behind, and loses none that it refused", async () => {
    const id = await deployment();
    const making = Array.from({ length: 20 }, () =>
      runDeployment(ctx, { deployment: id }).then(
        () => "made",
        (error: Error) => error.name,
      ),
    );
    const deleting = deleteDeployment(ctx, id);
    const made = await Promise.all(making);
    expect(await deleting).toEqual([id]);
    expect(new Set([...made, "made", "NotFoundError"])).toEqual(new Set(["made", "NotFoundError"]));
    const events = await eventsAbout(ctx, `prefect.deployment.${id}`);
    expect(events.at(-1)?.event).toBe("prefect.deployment.deleted");
  });
});

describe("actions 4.3: deleting a deployment", () => {
  it("deletes the automations that it owns, each with its event", async () => {
    const id = await deployment([{ expect: ["a"] }, { name: "second", expect: ["b"] }]);
    const owned = await ctx.prisma.automation.findMany({
      where: { ownerResource: `prefect.deployment.${id}` },
    });
    expect(owned).toHaveLength(2);
    await deleteDeployment(ctx, id);
    for (const { id: automationId } of owned) {
      expect(
        await lastEvent(ctx, `prefect.automation.${automationId}`, "prefect.automation.deleted"),
      ).toBeDefined();
      const version = await ctx.prisma.automationVersion.findFirst({
        where: { automationId },
        orderBy: { revision: "desc" },
      });
      expect(version).toMatchObject({ definition: null });
      expect(version?.position).not.toBeNull();
    }
  });

  it("leaves those that others have made, with the warning that their deployment is gone", async () => {
    const id = await deployment();
    const other = await automation(ctx, {
      trigger: { expect: ["c"] },
      actions: [{ type: "run-deployment", deployment_id: id }],
    });
    const warnings = async () => {
      const row = await ctx.db.transaction((tx) => lockAutomation(tx, other));
      if (row === null) throw new Error("the automation is gone");
      return readWarnings(ctx, storedAutomation(row));
    };
    expect(await warnings()).toEqual([]);
    await deleteDeployment(ctx, id);
    expect(await warnings()).toMatchObject([
      { path: ["actions", "0", "deployment_id"], message: expect.stringContaining("names no deployment") },
    ]);
  });
});
