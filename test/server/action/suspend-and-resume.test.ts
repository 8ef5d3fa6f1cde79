import { randomUUID } from "node:crypto";
import sql from "sql-template-tag";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runAction } from "../../../server/action/run-action.ts";
import { judgeAnswer } from "../../../server/pause/judge-answer.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import {
  actionEvents,
  type Fired,
  fired,
  onRun,
  related,
  storedAction,
  unexpected,
} from "../../support/fired.ts";
import { askFor, calledRun, inputOf, readRun, servedRun, stateOf } from "../../support/runs.ts";
import { until } from "../../support/wire.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const stored = async ({ runs }: Fired) => storedAction(ctx, runs[0]);

describe("actions 1.4: suspending", () => {
  it("actions 14: a running run is Suspended, for an hour", async () => {
    const { flowRunId } = await servedRun(ctx, `flow ${randomUUID()}`);
    const { automationId } = await onRun(ctx, flowRunId, { type: "suspend-flow-run" });
    expect(await stateOf(ctx, flowRunId)).toEqual([
      "PAUSED",
      "Suspended",
      `Suspended by Automation ${automationId}`,
    ]);
    const [wait] = await ctx.prisma.pause.findMany({ where: { flowRunId } });
    expect((wait?.expiresAt?.getTime() ?? 0) - (wait?.requestedAt.getTime() ?? 0)).toBe(3_600_000);
  });

  it("14: for as long as it says, and without an end where that is null", async () => {
    for (const [timeout, milliseconds] of [
      [60, 60_000],
      [null, null],
    ]) {
      const { flowRunId } = await servedRun(ctx, `flow ${randomUUID()}`);
      await onRun(ctx, flowRunId, { type: "suspend-flow-run", timeout: timeout ?? null });
      const [wait] = await ctx.prisma.pause.findMany({ where: { flowRunId } });
      const until = wait?.expiresAt ?? null;
      expect(until === null ? null : until.getTime() - (wait?.requestedAt.getTime() ?? 0)).toBe(milliseconds);
    }
  });

  it("a run that nothing could start again is not suspended", async () => {
    const { flowRunId } = await calledRun(ctx);
    const done = await onRun(ctx, flowRunId, { type: "suspend-flow-run" });
    expect(await stored(done)).toMatchObject({
      status: "FAILED",
      error: `Failed to set state: flow run ${flowRunId} has no deployment, so nothing could start it again`,
    });
    expect((await readRun(ctx, flowRunId)).stateType).toBe("RUNNING");
  });
});

describe("actions 1.4: resuming", () => {
  it("actions 15: a paused run goes on; the event has it as its target", async () => {
    const run = await calledRun(ctx);
    await askFor(ctx, run, { schema: null });
    const { runs } = await onRun(ctx, run.flowRunId, { type: "resume-flow-run" });
    expect((await readRun(ctx, run.flowRunId)).stateType).toBe("RUNNING");
    const executed = (await actionEvents(ctx, runs[0])).at(-1);
    expect(executed).toMatchObject({
      event: "prefect.automation.action.executed",
      related: [{ "prefect.resource.role": "target" }, {}, {}],
    });
  });

  it("actions 16, inputs 72: a running run is a failure, and stays as it is", async () => {
    const { flowRunId } = await calledRun(ctx);
    const before = await readRun(ctx, flowRunId);
    const done = await onRun(ctx, flowRunId, { type: "resume-flow-run" });
    expect(await stored(done)).toMatchObject({
      status: "FAILED",
      error: `Failed to resume flow run: flow run ${flowRunId} is Running and waits for nothing`,
      result: { status_code: 409 },
    });
    expect((await readRun(ctx, flowRunId)).stateId).toBe(before.stateId);
  });

  it("1.4: with an input whose texts are templates, it is the answer", async () => {
    const run = await calledRun(ctx);
    await askFor(ctx, run);
    const action = {
      type: "resume-flow-run",
      input: { approved: "{{ event.payload.ok }}", name: "by {{ event.payload.who }}" },
    };
    const done = await onRun(ctx, run.flowRunId, action, { ok: true, who: "Ann" });
    expect(await stored(done)).toMatchObject({ status: "SUCCEEDED" });
    expect((await inputOf(ctx, run.flowRunId, "paused-1-response"))?.value).toEqual({
      approved: true,
      name: "by Ann",
    });
  });

  it.each([
    ["none", {}],
    ["a wrong one", { input: { approved: "{{ event.payload.ok }}" } }],
  ])(
    "1.4: with %s where an input is asked for, it fails with what is wrong; the run waits on",
    async (_, more) => {
      const run = await calledRun(ctx);
      await askFor(ctx, run);
      const done = await onRun(ctx, run.flowRunId, { type: "resume-flow-run", ...more }, { ok: "maybe" });
      expect(await stored(done)).toMatchObject({
        status: "FAILED",
        error: expect.stringContaining("Failed to resume flow run: "),
        result: { status_code: 422, validation_error: [{ path: ["approved"] }] },
      });
      expect((await readRun(ctx, run.flowRunId)).stateType).toBe("PAUSED");
      expect(await inputOf(ctx, run.flowRunId, "paused-1-response")).toBeNull();
    },
  );

  it("1.4: past its deadline it fails, and the wait ends as its code said", async () => {
    const run = await calledRun(ctx);
    await askFor(ctx, run, { schema: null, timeout: 60 });
    await ctx.db.query(
      sql`UPDATE pause SET expires_at = now() - interval '1 second' WHERE flow_run_id = ${run.flowRunId}::uuid`,
    );
    const done = await onRun(ctx, run.flowRunId, { type: "resume-flow-run" });
    expect(await stored(done)).toMatchObject({
      status: "FAILED",
      error: expect.stringContaining("was over at"),
    });
    expect((await readRun(ctx, run.flowRunId)).stateType).toBe("FAILED");
  });

  it("2.3: an answer that its action has given already is not given twice", async () => {
    const run = await calledRun(ctx);
    await askFor(ctx, run, { schema: null });
    const done = await onRun(ctx, run.flowRunId, { type: "resume-flow-run" });
    const id = done.runs[0] ?? "";
    await ctx.prisma.actionRun.update({ where: { id }, data: { status: "PENDING", attemptsBefore: 1 } });
    await askFor(ctx, run, { schema: null, key: "2" });
    await runAction(ctx, id, unexpected);
    expect(await storedAction(ctx, id)).toMatchObject({ status: "SUCCEEDED", result: { already: true } });
    expect((await readRun(ctx, run.flowRunId)).stateType).toBe("PAUSED");
  });

  it.each([
    ["takes it", [], "SUCCEEDED", "RUNNING"],
    ["refuses it", [{ path: ["name"], message: "not him" }], "FAILED", "PAUSED"],
  ])("1.4: the process that waits is asked too, and %s", async (_, issues, status, stateType) => {
    const run = await calledRun(ctx);
    await askFor(ctx, run, { checks: true });
    await ctx.db.query(sql`
      INSERT INTO presence (id, flow_run_id, execution, server_id) VALUES (${randomUUID()}::uuid, ${run.flowRunId}::uuid, ${run.execution}, ${ctx.serverId}::uuid)`);
    const { runs } = await fired(ctx, [{ type: "resume-flow-run", input: { approved: true, name: "Bob" } }], {
      related: [related(`prefect.flow-run.${run.flowRunId}`, "flow-run")],
    });
    const acting = runAction(ctx, runs[0] ?? "", unexpected);
    const candidate = () => ctx.prisma.answerCandidate.findFirst({ where: { flowRunId: run.flowRunId } });
    await until("the process is asked", async () => (await candidate()) !== null);
    await judgeAnswer(ctx, { candidateId: (await candidate())?.id ?? "", issues });
    await acting;
    expect(await storedAction(ctx, runs[0])).toMatchObject({ status });
    expect((await readRun(ctx, run.flowRunId)).stateType).toBe(stateType);
  });
});
