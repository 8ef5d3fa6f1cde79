import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { ask, at } from "../support/ask.ts";
import { createTestContext, type TestContext } from "../support/context.ts";
import { seedRun, seedWaitingRun } from "../support/seed.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext({ ANTIPHON_PUBLIC_URL: "https://runs.example.org/" });
});
afterAll(() => ctx.close());
beforeEach(async () => {
  await ctx.prisma.flowRun.deleteMany();
});

const ids = (answer: Awaited<ReturnType<typeof ask>>) =>
  (at(answer, "flowRuns.nodes") as { id: string }[]).map(({ id }) => id);

async function filtered(filter: Record<string, unknown>): Promise<string[]> {
  return ids(
    await ask(ctx, "query ($filter: FlowRunFilter) { flowRuns(filter: $filter) { nodes { id } } }", {
      filter,
    }),
  );
}

describe("one run", () => {
  it("shows its state, its place in the console and its question", async () => {
    const run = await seedWaitingRun(
      ctx,
      "order",
      { name: "calm-heron", runningMs: 1500n },
      {
        description: "# Which?",
        refusedAnswer: { size: "XXL" },
        refusedIssues: [{ path: ["size"], message: "too large" }],
      },
    );
    const answer = await ask(
      ctx,
      `query ($id: ID!) { flowRun(id: $id) {
        name uiUrl totalRunTime flow { name } deployment { id } state { type name message }
        stateHistory { type name } pause { key input { key } }
        awaitedInput { key inputType schema description liveValidation refusedAnswer refusedIssues { path message } }
      } }`,
      { id: run.id },
    );
    expect(at(answer, "flowRun")).toEqual({
      name: "calm-heron",
      uiUrl: `https://runs.example.org/runs/${run.id}`,
      totalRunTime: 1.5,
      flow: { name: "order" },
      deployment: null,
      state: { type: "PAUSED", name: "Paused", message: null },
      stateHistory: [{ type: "PAUSED", name: "Paused" }],
      pause: { key: "paused-1", input: { key: "paused-1" } },
      awaitedInput: {
        key: "paused-1",
        inputType: "Order",
        schema: { type: "object" },
        description: "# Which?",
        liveValidation: false,
        refusedAnswer: { size: "XXL" },
        refusedIssues: [{ path: ["size"], message: "too large" }],
      },
    });
  });

  it("has a pause but awaits no input where nothing is asked for", async () => {
    const run = await seedWaitingRun(ctx, "order", {}, { inputType: null, schema: undefined });
    const answer = await ask(
      ctx,
      "query ($id: ID!) { flowRun(id: $id) { pause { key input { key } } awaitedInput { key } } }",
      {
        id: run.id,
      },
    );
    expect(at(answer, "flowRun")).toEqual({ pause: { key: "paused-1", input: null }, awaitedInput: null });
  });

  it("validates live while the execution that asked is connected", async () => {
    const run = await seedWaitingRun(ctx, "order");
    const live = async () =>
      at(
        await ask(ctx, "query ($id: ID!) { flowRun(id: $id) { awaitedInput { liveValidation } } }", {
          id: run.id,
        }),
        "flowRun.awaitedInput.liveValidation",
      );
    const presence = { serverId: ctx.serverId, flowRunId: run.id };
    await ctx.prisma.presence.create({
      data: { id: randomUUID(), ...presence, execution: 1, channel: "type:Order" },
    });
    await ctx.prisma.presence.create({ data: { id: randomUUID(), ...presence, execution: 2 } });
    expect(await live()).toBe(false);
    await ctx.prisma.presence.create({ data: { id: randomUUID(), ...presence, execution: 1 } });
    expect(await live()).toBe(true);
  });

  it("is null for an id that is unknown or no UUID", async () => {
    expect(
      await ask(
        ctx,
        `{ a: flowRun(id: "nonsense") { flow { id } } b: flowRun(id: "${randomUUID()}") { flow { id } } }`,
      ),
    ).toEqual({
      data: { a: null, b: null },
    });
  });
});

describe("runs by pages", () => {
  it("come newest first, each once, to the end", async () => {
    const runs = [];
    // Two of them at the same time: then the id decides.
    for (const ms of [0, 1, 1, 2, 3]) {
      runs.push(await seedRun(ctx, "order", { createdAt: new Date(Date.UTC(2026, 0, 1, 0, 0, 0, ms)) }));
    }
    const query = `query ($after: String) { flowRuns(first: 2, after: $after) {
      totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage endCursor }
    } }`;
    const seen: string[] = [];
    const more: unknown[] = [];
    let after: unknown = null;
    for (let page = 0; page < 3; page++) {
      const answer = await ask(ctx, query, { after });
      seen.push(...ids(answer));
      more.push(at(answer, "flowRuns.pageInfo.hasNextPage"));
      expect(at(answer, "flowRuns.totalCount")).toBe(5);
      after = at(answer, "flowRuns.pageInfo.endCursor");
    }
    const expected = runs
      .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1))
      .map(({ id }) => id);
    expect(seen).toEqual(expected);
    expect(more).toEqual([true, true, false]);
  });

  it.each([
    ["first: -1", "BAD_USER_INPUT"],
    ["first: 501", "BAD_USER_INPUT"],
    ['after: "x"', "BAD_CURSOR"],
    [`after: "${Buffer.from(`99999999999999999 ${randomUUID()}`).toString("base64url")}"`, "BAD_CURSOR"],
  ])("refuse %s", async (args, code) => {
    const answer = await ask(ctx, `{ flowRuns(${args}) { nodes { id } } }`);
    expect(answer.errors?.[0]?.extensions?.code).toBe(code);
  });

  it("take a bounded number of statements, however many there are", async () => {
    const deployment = await ctx.prisma.deployment.create({
      data: {
        id: randomUUID(),
        name: "main",
        parameters: {},
        flow: { create: { id: randomUUID(), name: `f-${randomUUID()}` } },
      },
    });
    for (let i = 0; i < 50; i++) await seedWaitingRun(ctx, `flow-${i % 5}`, { deploymentId: deployment.id });
    const sent = vi.spyOn(pg.Client.prototype, "query");
    const answer = await ask(
      ctx,
      `{ flowRuns { totalCount nodes { id name state { name } flow { name } deployment { fullName status }
        awaitedInput { key liveValidation } pause { key } inputChannels { inputType listening } } } }`,
    );
    const statements = sent.mock.calls.length;
    sent.mockRestore();
    expect(ids(answer)).toHaveLength(50);
    // The page, its flows, pauses, deployments and theirs, presences by way of the runs, channels, and the count: nine, and what the
    // process does beside it. One for each run would be fifty more.
    expect(statements).toBeLessThan(30);
  });
});

describe("the filter", () => {
  it("asks for a waiting run, or for one that does not wait", async () => {
    const waiting = await seedWaitingRun(ctx, "order");
    const bare = await seedWaitingRun(ctx, "order", {}, { inputType: null });
    const running = await seedRun(ctx, "order");
    expect(await filtered({ awaitingInput: true })).toEqual([waiting.id]);
    expect((await filtered({ awaitingInput: false })).sort()).toEqual([bare.id, running.id].sort());
  });

  it("parts what only waits for its time from everything else, those soonest first", async () => {
    const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);
    const waits = { stateType: "SCHEDULED", stateName: "Scheduled", runCount: 0 };
    const later = await seedRun(ctx, "order", { ...waits, scheduledFor: inMinutes(60) });
    const soon = await seedRun(ctx, "order", { ...waits, scheduledFor: inMinutes(5) });
    const others = [
      await seedRun(ctx, "order", { ...waits, stateName: "Late", scheduledFor: inMinutes(-5) }),
      await seedRun(ctx, "order", {
        ...waits,
        stateName: "AwaitingRetry",
        runCount: 1,
        scheduledFor: inMinutes(5),
      }),
      await seedRun(ctx, "order", { ...waits, scheduledFor: null }),
      await seedRun(ctx, "order", {}),
    ];
    expect(await filtered({ upcoming: true })).toEqual([soon.id, later.id]);
    expect(new Set(await filtered({ upcoming: false }))).toEqual(new Set(others.map(({ id }) => id)));
    expect(await filtered({})).toHaveLength(6);
    const page = async (after?: string) =>
      at(
        await ask(
          ctx,
          `query ($after: String) { flowRuns(filter: { upcoming: true }, first: 1, after: $after) {
            totalCount nodes { id upcoming } pageInfo { hasNextPage endCursor } } }`,
          { after },
        ),
        "flowRuns",
      ) as { totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string } };
    const first = await page();
    expect(first).toMatchObject({ totalCount: 2, nodes: [{ id: soon.id, upcoming: true }] });
    expect(await page(first.pageInfo.endCursor)).toMatchObject({
      nodes: [{ id: later.id }],
      pageInfo: { hasNextPage: false },
    });
  });

  it("takes a part of a name as it is, whatever the letter case", async () => {
    const percent = await seedRun(ctx, "order", { name: "50%_Off\\now" });
    await seedRun(ctx, "order", { name: "50 and off" });
    expect(await filtered({ nameLike: "50%" })).toEqual([percent.id]);
    expect(await filtered({ nameLike: "%_OFF\\N" })).toEqual([percent.id]);
    expect(await filtered({ nameLike: "0__o" })).toEqual([]);
    expect(await filtered({ nameLike: "\0" })).toEqual([]);
  });

  it("asks for the runs of a work pool, in whichever of its queues", async () => {
    const pool = (name: string, queues: string[]) =>
      ctx.prisma.workPool.create({
        data: {
          id: randomUUID(),
          name,
          type: "process",
          queues: { create: queues.map((queue) => ({ id: randomUUID(), name: queue })) },
        },
        include: { queues: true },
      });
    const lab = await pool("lab", ["default", "urgent"]);
    const other = await pool("other", ["default"]);
    const runIn = async (queue: { id: string } | undefined) =>
      (await seedRun(ctx, "order", { workQueueId: queue?.id ?? null })).id;
    const inLab = [await runIn(lab.queues[0]), await runIn(lab.queues[1])];
    const elsewhere = await runIn(other.queues[0]);
    await runIn(undefined);
    expect((await filtered({ workPoolIds: [lab.id, "no uuid"] })).sort()).toEqual(inLab.sort());
    expect(await filtered({ workPoolIds: [lab.id, other.id], ids: [elsewhere] })).toEqual([elsewhere]);
    expect(await filtered({ workPoolIds: [] })).toEqual([]);
  });

  it("combines everything: any of ids, names and states, all of the tags", async () => {
    const run = await seedRun(ctx, "order", { tags: ["a", "b"], stateType: "FAILED", stateName: "TimedOut" });
    await seedRun(ctx, "order", { tags: ["a"] });
    await seedRun(ctx, "other", { tags: ["a", "b"] });
    expect(await filtered({ tags: ["b", "a"], flowNames: ["order", "\0"] })).toEqual([run.id]);
    expect(await filtered({ stateTypes: ["FAILED", "CRASHED"], stateNames: ["TimedOut"] })).toEqual([run.id]);
    expect(await filtered({ ids: [run.id, "no uuid"] })).toEqual([run.id]);
    expect(await filtered({ ids: [] })).toEqual([]);
    expect(await filtered({ tags: [] })).toHaveLength(3);
    expect(await filtered({ createdAfter: run.createdAt.toISOString(), ids: [run.id] })).toEqual([]);
  });
});
