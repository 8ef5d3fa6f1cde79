import sql from "sql-template-tag";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Retry } from "../../../core/automation/retry.ts";
import type { JsonObject } from "../../../core/json.ts";
import type { OutsideKind, OutsideKinds, OutsideOutcome } from "../../../server/action/outside.ts";
import { retryActionRun } from "../../../server/action/retry-action-run.ts";
import { runAction } from "../../../server/action/run-action.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { actionEvents, fired, related, storedAction, toldOf, unexpected } from "../../support/fired.ts";
import { until } from "../../support/wire.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const threeTimes: Retry = { maxAttempts: 3, initialDelay: 60, maxDelay: 100, multiplier: 10, jitter: false };
const again: OutsideOutcome = {
  status: "RETRY",
  reason: "503",
  result: { status_code: 503 },
  retryAfter: null,
};
const fine: OutsideOutcome = { status: "SUCCEEDED", result: { status_code: 200 } };

/** A receiver that answers so, one after the other, in the place of what `do-nothing` does; the last answer is given for ever. */
function receiver(answers: (OutsideOutcome | Error)[], more: Partial<OutsideKind> = {}) {
  const received: { sent: JsonObject; key: string; attempt: number }[] = [];
  let prepared = 0;
  const kind: OutsideKind = {
    budget: 10,
    retry: () => threeTimes,
    async prepare() {
      prepared += 1;
      return { related: [related("prefect.block-document.x", "block")], sent: { text: `text ${prepared}` } };
    },
    async perform(_ctx, sent, { key, attempt }) {
      received.push({ sent, key, attempt });
      const answer = answers[Math.min(received.length, answers.length) - 1] ?? fine;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    ...more,
  };
  return { kinds: { "do-nothing": kind } satisfies OutsideKinds, received };
}

async function action(): Promise<string> {
  const { runs } = await fired(ctx, [{ type: "do-nothing" }]);
  return runs[0] ?? "";
}

/** Lets the time pass after which its next attempt may be made. */
const due = (id: string) => ctx.prisma.actionRun.update({ where: { id }, data: { dueAt: null } });

describe("actions 2.4: effects outside", () => {
  it("actions 73: are tried again with the same bytes under the same key; each time is told", async () => {
    const id = await action();
    const { kinds, received } = receiver([again, again, fine]);
    await runAction(ctx, id, unexpected, { outside: kinds });
    expect(await storedAction(ctx, id)).toMatchObject({ status: "PENDING", attempts: 1, error: "503" });
    for (const _ of [2, 3]) {
      await due(id);
      await runAction(ctx, id, unexpected, { outside: kinds });
    }
    expect(received).toEqual([1, 2, 3].map((attempt) => ({ sent: { text: "text 1" }, key: id, attempt })));
    expect(await storedAction(ctx, id)).toMatchObject({
      status: "SUCCEEDED",
      attempts: 3,
      error: null,
      result: { status_code: 200 },
    });
    const events = await actionEvents(ctx, id);
    expect(await toldOf(ctx, id)).toEqual(["triggered", "retrying", "retrying", "executed"]);
    expect(events[1]?.payload).toMatchObject({
      attempt: 1,
      reason: "503",
      status_code: 503,
      next_attempt_at: expect.any(String),
    });
    expect(events.slice(1).map(({ follows }) => follows)).toEqual([1, 2, 3].map(() => events[0]?.id));
    for (const { related } of events) expect(related[0]?.["prefect.resource.role"]).toBe("block");
  });

  it.each([
    ["its own delays, each longer than the one before, up to the longest", null, [60, 100]],
    ["what the receiver asks for", 7, [7, 7]],
    ["no longer than its longest delay, whatever the receiver asks", 5_000, [100, 100]],
  ])("2.4: waits %s", async (_, retryAfter, expected) => {
    const id = await action();
    const { kinds } = receiver([{ ...again, retryAfter }]);
    const waits: number[] = [];
    for (const _attempt of expected) {
      await runAction(ctx, id, unexpected, { outside: kinds });
      const [job] = await ctx.db.query<{ seconds: number }>(sql`
        SELECT round(extract(epoch FROM p.run_at - r.updated_at))::int AS seconds
        FROM graphile_worker._private_jobs p JOIN action_run r ON r.id::text = p.payload->>'id'
        WHERE p.payload->>'id' = ${id} ORDER BY p.run_at DESC LIMIT 1`);
      waits.push(job?.seconds ?? -1);
      await ctx.db.query(sql`DELETE FROM graphile_worker._private_jobs WHERE payload->>'id' = ${id}`);
      await due(id);
    }
    expect(waits).toEqual(expected);
  });

  it("2.4: fail for good after the last attempt, until they are asked for again: then as often once more, under the same key", async () => {
    const id = await action();
    const { kinds, received } = receiver([again]);
    for (const _ of [1, 2, 3]) {
      await runAction(ctx, id, unexpected, { outside: kinds });
      await due(id);
    }
    expect(await storedAction(ctx, id)).toMatchObject({ status: "FAILED", attempts: 3, error: "503" });
    await runAction(ctx, id, unexpected, { outside: kinds });
    expect(received).toHaveLength(3);
    await retryActionRun(ctx, id);
    for (const _ of [4, 5, 6]) {
      await runAction(ctx, id, unexpected, { outside: kinds });
      await due(id);
    }
    expect(await storedAction(ctx, id)).toMatchObject({ status: "FAILED", attempts: 6 });
    expect(new Set(received.map(({ sent, key }) => `${key} ${sent.text}`))).toEqual(
      new Set([`${id} text 1`]),
    );
    expect(await toldOf(ctx, id)).toEqual(
      [1, 2].flatMap(() => ["triggered", "retrying", "retrying", "failed"]),
    );
  });

  it("actions 43: what can never succeed is not tried again", async () => {
    const id = await action();
    const { kinds, received } = receiver([{ status: "FAILED", reason: "404", result: {} }]);
    await runAction(ctx, id, unexpected, { outside: kinds });
    await runAction(ctx, id, unexpected, { outside: kinds });
    expect(received).toHaveLength(1);
    expect(await storedAction(ctx, id)).toMatchObject({ status: "FAILED", error: "404", attempts: 1 });
  });

  it("actions 43: nor what cannot even be made; nothing is sent", async () => {
    const id = await action();
    const { kinds, received } = receiver([fine], {
      prepare: async () => ({ status: "FAILED", reason: "no such block", related: [], result: {} }),
    });
    await runAction(ctx, id, unexpected, { outside: kinds });
    expect(received).toEqual([]);
    expect(await storedAction(ctx, id)).toMatchObject({ status: "FAILED", error: "no such block" });
    expect(await toldOf(ctx, id)).toEqual(["triggered", "failed"]);
  });

  it("actions 44: what goes wrong unexpectedly is tried again", async () => {
    const id = await action();
    const { kinds } = receiver([new Error("a bug"), fine]);
    await runAction(ctx, id, unexpected, { outside: kinds });
    expect(await storedAction(ctx, id)).toMatchObject({ status: "PENDING", error: "a bug" });
    await due(id);
    await runAction(ctx, id, unexpected, { outside: kinds });
    expect(await storedAction(ctx, id)).toMatchObject({ status: "SUCCEEDED", attempts: 2 });
  });

  it("actions 42: of several servers with the same job one sends", async () => {
    const id = await action();
    const { kinds, received } = receiver([fine]);
    await Promise.all([1, 2, 3, 4].map(() => runAction(ctx, id, unexpected, { outside: kinds })));
    expect(received).toHaveLength(1);
  });

  it("actions 48: what a killed server was sending is sent again when it counts as gone, and not before", async () => {
    const id = await action();
    const killed = receiver([fine], { perform: () => new Promise(() => undefined) });
    void runAction(ctx, id, unexpected, { outside: killed.kinds });
    await until("it is being sent", async () => (await storedAction(ctx, id)).status === "RUNNING");
    const { kinds, received } = receiver([fine]);
    await runAction(ctx, id, unexpected, { outside: kinds });
    expect(received).toEqual([]);
    await due(id);
    await runAction(ctx, id, unexpected, { outside: kinds });
    expect(received).toEqual([{ sent: { text: "text 1" }, key: id, attempt: 2 }]);
    expect(await storedAction(ctx, id)).toMatchObject({ status: "SUCCEEDED", attempts: 2 });
    expect(await toldOf(ctx, id)).toEqual(["triggered", "executed"]);
  });

  it("2.4: an attempt that takes too long is broken off", async () => {
    const id = await action();
    const { kinds } = receiver([], {
      budget: 0.01,
      perform: (_ctx, _sent, { signal }) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("too late")))),
    });
    await runAction(ctx, id, unexpected, { outside: kinds });
    expect(await storedAction(ctx, id)).toMatchObject({ status: "PENDING", error: "too late" });
  });
});
