import sql from "sql-template-tag";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { emitEvent, emitEvents } from "../../../server/event/emit-event.ts";
import { schema } from "../../../server/graphql/schema.ts";
import {
  type Answer,
  EventClient,
  SocketClient,
  startTestServer,
  type TestServer,
  until,
} from "../../support/wire.ts";

let server: TestServer;
let ctx: Context;
let made = 0;

beforeAll(async () => {
  server = await startTestServer({ schema });
  ctx = { ...server.context, actor: { kind: "operator" } };
});
afterAll(() => server.close());
beforeEach(async () => {
  await emit(10);
});

/** Stores so many events of the names a, b, a, b, …; answers the position of the last. */
async function emit(count: number): Promise<number> {
  const events = Array.from({ length: count }, () => ({
    event: made++ % 2 === 0 ? "a" : "b",
    resource: { "prefect.resource.id": "x" },
  }));
  const stored = await emitEvents(ctx, events);
  const last = stored.at(-1);
  return last !== undefined && "position" in last ? last.position : Number.NaN;
}

const query = `subscription ($filter: EventFilter, $after: String) {
  events(filter: $filter, after: $after) {
    __typename
    ... on Event { cursor event }
    ... on StreamGap { from to message }
  }
}`;

interface Item {
  __typename: string;
  cursor?: string;
  event?: string;
}

const itemOf = (answer: Answer | undefined) => answer?.data?.events as Item;
const cursors = (items: Item[]) => items.map(({ cursor }) => Number(cursor));
const range = (from: number, count: number, by = 1) => Array.from({ length: count }, (_, n) => from + n * by);

interface Following {
  client: SocketClient;
  id: string;
}

async function follow(variables: object = {}): Promise<Following> {
  const client = await SocketClient.connect(server.url);
  const before = server.app.graphql.groups.size;
  const id = client.subscribe(query, { ...variables });
  await until(
    "the subscription is open",
    () => server.app.graphql.groups.size > before || client.received.length > 0,
  );
  return { client, id };
}

async function next(on: Following, count: number): Promise<Item[]> {
  return (await on.client.results(on.id, count)).map(itemOf);
}

describe("who follows the events", () => {
  it("from a cursor sees what lies behind it and then what is new, without a gap or a repeat", async () => {
    const at = await emit(700);
    const socket = await follow({ after: String(at - 650) });
    const stream = await EventClient.open(server.url, query, { after: String(at - 650) });
    await emit(50);
    expect(cursors(await next(socket, 700))).toEqual(range(at - 649, 700));
    for (let n = 0; n < 700; n++) {
      const { data } = await stream.next();
      expect(itemOf(data).cursor).toBe(String(at - 649 + n));
    }
    await emit(1);
    expect(cursors(await next(socket, 1))).toEqual([at + 51]);
    stream.close();
    await socket.client.close();
  });

  it("without a cursor sees what is new alone", async () => {
    const socket = await follow();
    const at = await emit(3);
    expect(cursors(await next(socket, 3))).toEqual([at - 2, at - 1, at]);
    await socket.client.close();
  });

  it("by a filter sees those alone that it lets through, also after many others", async () => {
    const last = await emit(1);
    const socket = await follow({ filter: { events: ["rare"] }, after: String(last) });
    await emit(1_200);
    const resource = { "prefect.resource.id": "x" };
    const { position } = await emitEvent(ctx, { event: "rare", resource });
    expect(await next(socket, 1)).toMatchObject([{ event: "rare", cursor: String(position) }]);
    await socket.client.close();
  });

  it("by different filters shares one reading of the log", async () => {
    const sockets: Following[] = [];
    for (const n of range(0, 20))
      sockets.push(await follow({ filter: { events: [n % 2 ? "a" : "b"], excludeEvents: [`x${n}`] } }));
    const last = await emit(2);
    for (const socket of sockets) expect(cursors(await next(socket, 1))[0]).toBeGreaterThan(last - 2);
    await Promise.all(sockets.map(({ client }) => client.close()));
  });

  it("is told where retention has taken a part, and goes on behind it", async () => {
    const last = await emit(10);
    await ctx.db.query(sql`DELETE FROM event WHERE position <= ${last - 4}`);
    const socket = await follow({ after: "3" });
    const [gap, ...rest] = await next(socket, 5);
    expect(gap).toEqual({
      __typename: "StreamGap",
      from: "3",
      to: String(last - 4),
      message: expect.stringContaining(`up to ${last - 4}`),
    });
    expect(cursors(rest)).toEqual(range(last - 3, 4));
    await ctx.db.query(sql`DELETE FROM event`);
    const behind = await follow({ after: String(last - 1) });
    expect(await next(behind, 1)).toMatchObject([{ from: String(last - 1), to: String(last) }]);
    expect(await emit(1)).toBe(last + 1);
    expect(cursors(await next(behind, 1))).toEqual([last + 1]);
    await socket.client.close();
    await behind.client.close();
  });

  it("with what is no cursor, lies beyond the log, or is no filter, is refused", async () => {
    const refused: [object, string][] = [
      [{ after: "x" }, "BAD_CURSOR"],
      [{ after: "-1" }, "BAD_CURSOR"],
      [{ after: "99999999" }, "BAD_CURSOR"],
      [{ filter: { resource: 7 } }, "BAD_USER_INPUT"],
    ];
    for (const [variables, code] of refused) {
      const socket = await follow(variables);
      const [answer] = await socket.client.results(socket.id, 1);
      expect(answer?.errors?.[0]?.extensions?.code).toBe(code);
      await socket.client.close();
    }
  });
});
