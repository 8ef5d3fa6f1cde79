import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { saveBlock } from "../../../server/block/save-block.ts";
import type { Execution } from "../../../server/flow-run/start-execution.ts";
import { expirePause } from "../../../server/pause/expire-pause.ts";
import { refuseAnswer } from "../../../server/pause/refuse-answer.ts";
import { resume } from "../../../server/pause/resume.ts";
import { claimInputs } from "../../../server/run-input/claim-inputs.ts";
import { reportInputs } from "../../../server/run-input/report-inputs.ts";
import { sendInput } from "../../../server/run-input/send-input.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { eventsAbout, type StoredEvent } from "../../support/events.ts";
import { askFor, calledRun, servedRun } from "../../support/runs.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext({ ANTIPHON_PUBLIC_URL: "https://runs.example" });
});
afterAll(() => ctx.close());

/** The events about a run and its inputs, in order. */
function eventsOf(run: Execution): Promise<StoredEvent[]> {
  return eventsAbout(ctx, `prefect.flow-run.${run.flowRunId}`);
}

async function names(run: Execution): Promise<string[]> {
  return (await eventsOf(run)).map(({ event }) => event.replace("prefect.", ""));
}

async function inputEvents(run: Execution): Promise<StoredEvent[]> {
  return (await eventsOf(run)).filter(({ event }) => event.startsWith("prefect.flow-run-input."));
}

describe("inputs 5.4: a question", () => {
  it("is requested once the run is Paused, and responded before it goes on; both are of one asking", async () => {
    const run = await servedRun(ctx, "event-asks");
    const answerer = await calledRun(ctx, "event-answers");
    await askFor(ctx, run, { timeout: 3600, description: "Is **this** right?" });
    await resume(ctx, {
      flowRunId: run.flowRunId,
      input: { approved: true, name: "secret" },
      from: answerer,
    });
    expect((await names(run)).slice(-4)).toEqual([
      "flow-run.Paused",
      "flow-run-input.requested",
      "flow-run-input.responded",
      "flow-run.Running",
    ]);
    const [requested, responded] = await inputEvents(run);
    const pause = await ctx.prisma.pause.findFirstOrThrow({ where: { flowRunId: run.flowRunId } });
    const resource = {
      "prefect.resource.id": `prefect.flow-run-input.${pause.id}`,
      "prefect.resource.name": "paused-1",
    };
    expect(requested).toMatchObject({ resource, occurred: pause.requestedAt });
    expect(requested?.payload).toEqual({
      kind: "answer",
      key: "paused-1",
      input_type: "Person",
      keyset: {
        base: "paused-1",
        schema: "paused-1-schema",
        description: "paused-1-description",
        response: "paused-1-response",
      },
      description: "Is **this** right?",
      resume_url: `https://runs.example/runs/${run.flowRunId}/resume`,
      deadline: pause.expiresAt?.toISOString(),
    });
    const by = `prefect.flow-run.${answerer.flowRunId}`;
    expect(responded).toMatchObject({ resource, occurred: pause.endedAt });
    expect(responded?.payload).toEqual({
      kind: "answer",
      key: "paused-1",
      input_type: "Person",
      submitted_by: by,
    });
    const roles = (event: StoredEvent | undefined) =>
      event?.related.map((labels) => labels["prefect.resource.role"]);
    expect(roles(requested)).toEqual(["flow-run", "flow", "deployment"]);
    expect(roles(responded)).toEqual(["flow-run", "flow", "deployment", "sender"]);
    expect(JSON.stringify(await eventsOf(run))).not.toContain("secret");
  });

  it("without an end has no deadline, and a wait without a question no event of its own", async () => {
    const run = await calledRun(ctx, "event-plain");
    await askFor(ctx, run, { schema: null });
    await resume(ctx, { flowRunId: run.flowRunId });
    expect(await inputEvents(run)).toEqual([]);
    await askFor(ctx, run, { key: "2", timeout: null });
    expect((await inputEvents(run))[0]?.payload).toMatchObject({ deadline: null, description: null });
  });

  it("that is refused before it is accepted changes nothing, and is no event", async () => {
    const run = await calledRun(ctx, "event-invalid");
    await askFor(ctx, run);
    await expect(resume(ctx, { flowRunId: run.flowRunId, input: { approved: "x" } })).rejects.toThrow(
      "approved",
    );
    expect(await names(run)).toEqual([
      "flow-run.Pending",
      "flow-run.Running",
      "flow-run.Paused",
      "flow-run-input.requested",
    ]);
  });

  it("whose answer the code refuses is rejected, once", async () => {
    const run = await calledRun(ctx, "event-refuses");
    await askFor(ctx, run);
    await resume(ctx, { flowRunId: run.flowRunId, input: { approved: true } });
    const refusal = { ...run, key: "paused-1", issues: [{ path: ["approved"], message: "not true" }] };
    await refuseAnswer(ctx, refusal);
    await refuseAnswer(ctx, refusal);
    const [requested, , rejected, ...more] = await inputEvents(run);
    expect(more).toEqual([]);
    expect(rejected).toMatchObject({
      event: "prefect.flow-run-input.rejected",
      resource: requested?.resource,
      payload: { key: "paused-1", reason: "refused" },
    });
  });

  it.each(["FAIL", "CANCEL", "RESUME"] as const)("that nobody answers is expired (%s)", async (onTimeout) => {
    const run = await calledRun(ctx, "event-expires");
    const defaults =
      onTimeout === "RESUME" ? { hasDefaultResponse: true, defaultResponse: { approved: false } } : {};
    await askFor(ctx, run, { until: new Date(Date.now() - 1_000), onTimeout, ...defaults });
    await expirePause(ctx, run.flowRunId);
    await expirePause(ctx, run.flowRunId);
    const ends = { FAIL: "Failed", CANCEL: "Cancelled", RESUME: "Running" };
    expect((await names(run)).slice(-2)).toEqual(["flow-run-input.expired", `flow-run.${ends[onTimeout]}`]);
    expect((await inputEvents(run)).at(-1)?.payload).toMatchObject({ on_timeout: onTimeout.toLowerCase() });
  });

  it("whose answer the code was handed is consumed", async () => {
    const run = await calledRun(ctx, "event-consumes");
    await askFor(ctx, run);
    await resume(ctx, { flowRunId: run.flowRunId, input: { approved: true } });
    const { id } = await ctx.prisma.runInput.findFirstOrThrow({
      where: { flowRunId: run.flowRunId, kind: "RESPONSE" },
    });
    await reportInputs(ctx, { ...run, delivered: [id] });
    await reportInputs(ctx, { ...run, delivered: [id] });
    const events = await inputEvents(run);
    expect(events.map(({ event }) => event.split(".").at(-1))).toEqual([
      "requested",
      "responded",
      "consumed",
    ]);
    expect(new Set(events.map(({ resource }) => resource["prefect.resource.id"])).size).toBe(1);
  });
});

describe("inputs 5.4: a message", () => {
  it("is sent with its sender, and consumed when the code was handed it; its value is in neither", async () => {
    const run = await calledRun(ctx, "event-receives");
    const sender = await calledRun(ctx, "event-sends");
    const message = { flowRunId: run.flowRunId, inputType: "Greeting", value: "secret", keyPrefix: "hello" };
    const first = await sendInput(ctx, { ...message, from: sender, inReplyTo: "asked-1" });
    const second = await sendInput(ctx, { ...message, sender: "somebody" });
    await reportInputs(ctx, { ...run, delivered: [second.id, first.id] });
    const events = await inputEvents(run);
    expect(events.map(({ event, resource }) => [event, resource["prefect.resource.id"]])).toEqual([
      ["prefect.flow-run-input.sent", `prefect.flow-run-input.${first.id}`],
      ["prefect.flow-run-input.sent", `prefect.flow-run-input.${second.id}`],
      ["prefect.flow-run-input.consumed", `prefect.flow-run-input.${first.id}`],
      ["prefect.flow-run-input.consumed", `prefect.flow-run-input.${second.id}`],
    ]);
    expect(events[0]?.payload).toEqual({
      kind: "message",
      key: first.key,
      input_type: "Greeting",
      key_prefix: "hello",
      in_reply_to: "asked-1",
    });
    expect(events.map(({ related }) => related.at(-1)?.["prefect.resource.id"])).toEqual([
      `prefect.flow-run.${sender.flowRunId}`,
      "somebody",
      `prefect.flow-run.${sender.flowRunId}`,
      "somebody",
    ]);
    expect(JSON.stringify(events)).not.toContain("secret");
  });

  it("under a known idempotency key, to no run or to an ended one, is no event", async () => {
    const run = await calledRun(ctx, "event-once");
    const message = { flowRunId: run.flowRunId, value: 1, idempotencyKey: "one" };
    await Promise.all([sendInput(ctx, message), sendInput(ctx, message)]);
    await expect(sendInput(ctx, { ...message, flowRunId: v7() })).rejects.toThrow("no flow run");
    expect(await inputEvents(run)).toHaveLength(1);
  });

  it("of many that are written together each has its event, in their order", async () => {
    const run = await calledRun(ctx, "event-many");
    const sent = await Promise.all(
      Array.from({ length: 300 }, (_, value) => sendInput(ctx, { flowRunId: run.flowRunId, value })),
    );
    const events = await inputEvents(run);
    expect(events.map(({ payload }) => payload.key)).toEqual(sent.map(({ key }) => key));
  });

  it("that an automation's run sends carries what led to that run", async () => {
    const automation = v7();
    const run = await calledRun(ctx, "event-chained");
    const sender = await calledRun(ctx, "event-chain");
    await ctx.prisma.flowRun.update({ where: { id: sender.flowRunId }, data: { chain: [automation] } });
    await sendInput(ctx, { flowRunId: run.flowRunId, value: 1, from: sender });
    expect((await inputEvents(run))[0]?.chain).toEqual([automation]);
  });

  it("that the code refuses is rejected, and so is one that was lost too often", async () => {
    const run = await calledRun(ctx, "event-rejects");
    const refused = await sendInput(ctx, { flowRunId: run.flowRunId, value: 1 });
    await reportInputs(ctx, { ...run, invalid: [refused.id] });
    await sendInput(ctx, { flowRunId: run.flowRunId, value: 2 });
    const take = () =>
      claimInputs(ctx, { ...run, channel: { inputType: "number" }, consumer: v7(), limit: 10 });
    for (let time = 0; time < 5; time++) {
      expect(await take()).toHaveLength(1);
      await ctx.prisma.runInput.updateMany({
        where: { flowRunId: run.flowRunId },
        data: { claimedUntil: new Date(0) },
      });
    }
    expect(await take()).toEqual([]);
    const rejected = (await inputEvents(run)).filter(({ event }) => event.endsWith(".rejected"));
    expect(rejected.map(({ payload }) => payload.reason)).toEqual(["refused", "lost"]);
  });

  it("that is finished with together with a block is consumed if and only if the block is stored", async () => {
    const run = await calledRun(ctx, "event-block");
    const { id } = await sendInput(ctx, { flowRunId: run.flowRunId, value: 1 });
    const block = { type: "json", name: "told", data: { value: 1 }, finished: { ...run, delivered: [id] } };
    const consumed = async () => (await names(run)).includes("flow-run-input.consumed");
    await saveBlock(ctx, { ...block, finished: null });
    await expect(saveBlock(ctx, block)).rejects.toThrow("already");
    expect(await consumed()).toBe(false);
    await saveBlock(ctx, { ...block, overwrite: true });
    expect(await consumed()).toBe(true);
  });
});
