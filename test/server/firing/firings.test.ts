import sql from "sql-template-tag";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { deleteAutomation } from "../../../server/automation/delete-automation.ts";
import { emitEvent } from "../../../server/event/emit-event.ts";
import { schema } from "../../../server/graphql/schema.ts";
import { forgetFirings } from "../../../server/worker/forget-firings.ts";
import { ask as askVerb, at } from "../../support/ask.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { automation, type Engine, settled, startEngine } from "../../support/engine.ts";
import { SocketClient, startTestServer, type TestServer } from "../../support/wire.ts";

let database: TestDatabase;
let ctx: TestContext;
let server: TestServer;
let engine: Engine;

beforeAll(async () => {
  database = await createTestDatabase();
  ctx = await createTestContext({}, database.url);
  server = await startTestServer({ schema, databaseUrl: database.url });
  engine = await startEngine({ ...server.context, actor: { kind: "system" } });
});
afterAll(async () => {
  await engine.close();
  await server.close();
  await ctx.close();
  await database.drop();
});

const happened = (event: string) =>
  emitEvent(
    { ...server.context, actor: { kind: "system" } },
    { event, resource: { "prefect.resource.id": "thing" }, payload: { n: 1 } },
  );

const fields = `id cursor state causedByClock triggered firedAt triggeringLabels metricValue
  automation { name deletedAt } triggeringEvent { event } countedEvents { event }
  memberFirings { triggeringEvent { event } triggeringLabels } actionRuns { status attempts error result action { type } firing { id } }`;

const firings = (id: string | null, first = 50, after: string | null = null) =>
  askVerb(
    ctx,
    `query ($id: ID, $first: Int, $after: String) { firings(automationId: $id, first: $first, after: $after) {
      nodes { ${fields} } pageInfo { endCursor hasNextPage hasPreviousPage } } }`,
    { id, first, after },
  );

describe("firings", () => {
  it("show what fired, on what, and what was done", async () => {
    const id = await automation(ctx, {
      name: "both",
      trigger: { type: "compound", require: "all", triggers: [{ expect: ["left"] }, { expect: ["right"] }] },
    });
    await happened("left");
    await happened("right");
    await settled(ctx);
    expect(at(await firings(id), "firings.nodes")).toMatchObject([
      {
        state: "TRIGGERED",
        causedByClock: false,
        triggeringLabels: {},
        metricValue: null,
        automation: { name: "both", deletedAt: null },
        triggeringEvent: { event: "right" },
        countedEvents: [{ event: "left" }, { event: "right" }],
        memberFirings: [{ triggeringEvent: { event: "left" } }, { triggeringEvent: { event: "right" } }],
        actionRuns: [
          { status: "SUCCEEDED", attempts: 1, error: null, result: {}, action: { type: "do-nothing" } },
        ],
      },
    ]);
  });

  it("are listed newest first, by pages, of one automation or of all, and looked up by id", async () => {
    const id = await automation(ctx, { trigger: { expect: ["paged"] } });
    for (let n = 0; n < 3; n++) await happened("paged");
    await settled(ctx);
    const first = await firings(id, 2);
    const second = await firings(id, 2, String(at(first, "firings.pageInfo.endCursor")));
    const places = [first, second].flatMap((page) =>
      (at(page, "firings.nodes") as { cursor: string }[]).map(({ cursor }) => Number(cursor)),
    );
    expect(places).toEqual([...places].sort((a, b) => b - a));
    expect(places).toHaveLength(3);
    expect(at(second, "firings.pageInfo")).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const shown = at(first, "firings.nodes.0.id");
    const found = await askVerb(ctx, "query ($id: ID!) { firing(id: $id) { id } }", { id: shown });
    expect(at(found, "firing.id")).toBe(shown);
    const none = await askVerb(
      ctx,
      '{ firing(id: "nobody") { id } firings(automationId: "nobody") { nodes { id } } }',
    );
    expect(none.data).toEqual({ firing: null, firings: { nodes: [] } });
  });

  it("triggers 15: still show a deleted automation", async () => {
    const id = await automation(ctx, { name: "gone", trigger: { expect: ["last"] } });
    await happened("last");
    await settled(ctx);
    await deleteAutomation(ctx, id);
    expect(at(await firings(id), "firings.nodes.0.automation")).toMatchObject({
      name: "gone",
      deletedAt: expect.any(String),
    });
  });
});

describe("triggerFired", () => {
  let client: SocketClient;
  beforeEach(async () => {
    client = await SocketClient.connect(server.url);
    return () => client.close();
  });

  const follow = (variables: object) =>
    client.subscribe(
      `subscription ($id: ID, $after: String) { triggerFired(automationId: $id, after: $after) {
        ... on Firing { cursor triggeringEvent { event } } ... on StreamGap { from to } } }`,
      { ...variables },
    );
  const items = async (subscription: string, count: number) =>
    (await client.results(subscription, count)).map((result) => result.data?.triggerFired);

  it("goes on behind a cursor, and then live, in order and each once", async () => {
    const id = await automation(ctx, { trigger: { expect: ["one", "two", "three"] } });
    await happened("one");
    await happened("two");
    await settled(ctx);
    const oldest = (at(await firings(id), "firings.nodes") as { cursor: string }[]).at(-1)?.cursor;
    const subscription = follow({ id, after: String(Number(oldest) - 1) });
    expect(await items(subscription, 2)).toMatchObject([
      { triggeringEvent: { event: "one" } },
      { triggeringEvent: { event: "two" } },
    ]);
    await happened("three");
    expect(await items(subscription, 1)).toMatchObject([{ triggeringEvent: { event: "three" } }]);
  });

  it.each([
    ["an unknown automation", { id: "5f0f6c5e-0000-4000-8000-000000000000" }, "NOT_FOUND"],
    ["a cursor that is none", { after: "first" }, "BAD_CURSOR"],
    ["a cursor that was never given out", { after: "99999999" }, "BAD_CURSOR"],
  ])("refuses %s", async (_, variables, code) => {
    const subscription = follow(variables);
    const refused = await client.next((message) => message.id === subscription);
    expect(refused).toMatchObject({ payload: { errors: [{ extensions: { code } }] } });
  });

  it("tells where retention has taken firings, and goes on behind", async () => {
    await automation(ctx, { trigger: { expect: ["old"] } });
    await happened("old");
    await settled(ctx);
    const { firings: last } = (await ctx.prisma.evaluator.findFirst()) ?? { firings: 0n };
    await ctx.db.query(sql`UPDATE firing SET created_at = now() - interval '8 days'`);
    await forgetFirings(ctx);
    expect(await ctx.prisma.firing.count()).toBe(0);
    expect(await ctx.prisma.actionRun.count()).toBe(0);
    const subscription = follow({ after: "0" });
    expect(await items(subscription, 1)).toEqual([{ from: "0", to: String(last) }]);
    await happened("old");
    expect(await items(subscription, 1)).toMatchObject([{ triggeringEvent: { event: "old" } }]);
  });
});
