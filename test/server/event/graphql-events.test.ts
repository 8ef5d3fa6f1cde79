import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emitEvents } from "../../../server/event/emit-event.ts";
import { schema } from "../../../server/graphql/schema.ts";
import { ask, startTestServer, type TestServer } from "../../support/wire.ts";

let server: TestServer;

/** Of each five events one is of another kind; of each hundred one is late by a day. */
const kinds = ["order.created", "order.paid", "order.created.again", "stock.low", "Order.created"];
const day = 24 * 3_600_000;
const start = Date.parse("2026-03-01T00:00:00Z");

beforeAll(async () => {
  server = await startTestServer({ schema });
  const ctx = { ...server.context, actor: { kind: "operator" } as const };
  await emitEvents(
    ctx,
    Array.from({ length: 500 }, (_, n) => ({
      event: kinds[n % 5] ?? "",
      occurred: new Date(start + n * 60_000 - (n % 100 === 99 ? day : 0)),
      resource: {
        "prefect.resource.id": `order.${n % 50}`,
        region: ["eu-west", "eu-east", "us"][n % 3] ?? "",
        ...(n % 7 === 0 && { vip: "" }),
      },
      related: [
        {
          "prefect.resource.id": `customer.${n % 4}`,
          "prefect.resource.role": "customer",
          tier: n % 2 ? "a" : "b",
        },
        { "prefect.resource.id": "shop.1", "prefect.resource.role": "shop", tier: "z" },
      ],
      payload: { note: n === 77 ? 'says "Hello", Wörld' : `n${n}`, number: n },
    })),
  );
});
afterAll(() => server.close());

interface Page {
  nodes: { cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string };
}

async function page(args: {
  filter?: object;
  first?: number;
  after?: string;
  ascending?: boolean;
}): Promise<Page> {
  const query = `query ($filter: EventFilter, $first: Int, $after: String, $ascending: Boolean) {
    events(filter: $filter, first: $first, after: $after, ascending: $ascending) {
      nodes { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }`;
  const { data, errors } = await ask(server.url, query, args);
  expect(errors).toBeUndefined();
  return data?.events as Page;
}

/** The numbers of the events that a filter lets through, oldest first. */
async function found(filter: object): Promise<number[]> {
  const { nodes, pageInfo } = await page({ filter, first: 500, ascending: true });
  expect(pageInfo.hasNextPage).toBe(false);
  return nodes.map(({ cursor }) => Number(cursor) - 1);
}

const numbers = (wanted: (n: number) => boolean) => Array.from({ length: 500 }, (_, n) => n).filter(wanted);

describe("a filter lets through", () => {
  const cases: [string, object, (n: number) => boolean][] = [
    ["names, with case", { events: ["order.created"] }, (n) => n % 5 === 0],
    ["any of several names", { events: ["order.paid", "stock.low"] }, (n) => n % 5 === 1 || n % 5 === 3],
    ["prefixes, of which something must follow", { events: ["order.created*"] }, (n) => n % 5 === 2],
    ["no name for an empty list", { events: [] }, () => false],
    ["what is not excluded", { excludeEvents: ["order.*"] }, (n) => n % 5 > 2],
    [
      "names less the excluded",
      { events: ["order.*"], excludeEvents: ["order.paid"] },
      (n) => n % 5 === 0 || n % 5 === 2,
    ],
    ["a resource", { resource: { "prefect.resource.id": "order.7" } }, (n) => n % 50 === 7],
    [
      "resources by prefix",
      { resource: { "prefect.resource.id": "order.1*" } },
      (n) => /^1/.test(String(n % 50)),
    ],
    ["a label in a list of values", { resource: { region: ["us", "eu-w*"] } }, (n) => n % 3 !== 1],
    ["a negated label", { resource: { region: "!eu-*" } }, (n) => n % 3 === 2],
    ["a label that is there, also empty", { resource: { vip: "*" } }, (n) => n % 7 === 0],
    ["not what lacks a negated label", { resource: { vip: "!x" } }, (n) => n % 7 === 0],
    ["nothing for an empty list of values", { resource: { region: [] } }, () => false],
    [
      "labels all on one resource",
      { related: { "prefect.resource.role": "customer", tier: "a" } },
      (n) => n % 2 === 1,
    ],
    [
      "not labels of two related resources",
      { related: { "prefect.resource.role": "shop", tier: "a" } },
      () => false,
    ],
    ["any related resource that differs", { related: { "prefect.resource.id": "!customer.*" } }, () => true],
    ["all for empty specifications", { resource: {}, related: {}, text: " " }, () => true],
    ["words inside of words, in either case", { text: "HELLO says" }, (n) => n === 77],
    ["quotes and other letters as they are", { text: '"hello", wörld' }, (n) => n === 77],
    ["words in names and labels", { text: "stock customer.3" }, (n) => n % 5 === 3 && n % 4 === 3],
    ["no words that are apart", { text: "stockcustomer" }, () => false],
    ["a special character as itself", { resource: { region: "eu_west" } }, () => false],
    [
      "a time of occurrence, its end left out",
      { occurredAfter: new Date(start + 600_000), occurredBefore: new Date(start + 1_200_000) },
      (n) => n >= 10 && n < 20,
    ],
    ["late events by when they occurred", { occurredBefore: new Date(start) }, (n) => n % 100 === 99],
  ];
  it.each(cases)("%s", async (_, filter, wanted) => {
    expect(await found(filter)).toEqual(numbers(wanted));
  });

  it("and nothing of one that makes no sense, all of which is told", async () => {
    const filter = { resource: { a: 1 }, related: [], events: ["a\u0000"] };
    const { errors } = await ask(
      server.url,
      "query ($f: EventFilter) { events(filter: $f) { nodes { id } } }",
      { f: filter },
    );
    expect(errors?.[0]?.extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      issues: [
        { path: ["filter", "resource", "a"] },
        { path: ["filter", "related"] },
        { path: ["filter", "events"] },
      ],
    });
  });
});

describe("pages of events", () => {
  it("come newest first, and the other way round, without a gap or a repeat", async () => {
    for (const ascending of [false, true]) {
      const cursors: number[] = [];
      let at: Page | undefined;
      do {
        at = await page({
          first: 33,
          ascending,
          filter: { events: ["order.paid"] },
          ...(at && { after: at.pageInfo.endCursor }),
        });
        expect(at.pageInfo.hasPreviousPage).toBe(cursors.length > 0);
        cursors.push(...at.nodes.map(({ cursor }) => Number(cursor) - 1));
      } while (at.pageInfo.hasNextPage);
      const wanted = numbers((n) => n % 5 === 1);
      expect(cursors).toEqual(ascending ? wanted : wanted.reverse());
    }
  });

  it("that are empty end where they were asked to begin", async () => {
    const none = { events: ["nothing"] };
    expect((await page({ filter: none, ascending: true, after: "500" })).pageInfo.endCursor).toBe("500");
    expect((await page({ filter: none })).pageInfo).toMatchObject({ endCursor: "0", startCursor: null });
    expect((await page({ first: 0 })).pageInfo).toMatchObject({ endCursor: null, hasNextPage: true });
    expect((await page({ first: 0 })).nodes).toEqual([]);
  });

  it("do not begin at what is no cursor", async () => {
    for (const after of ["x", "-1", "1.5", "99999999999999999999"]) {
      const { errors } = await ask(
        server.url,
        "query ($after: String) { events(after: $after) { nodes { id } } }",
        { after },
      );
      expect(errors?.[0]?.extensions?.code).toBe("BAD_CURSOR");
    }
  });
});

describe("events are counted", () => {
  async function counts(by: string, filter: object) {
    const query = `query ($by: EventCountBy!, $filter: EventFilter) {
      eventCounts(by: $by, filter: $filter) { label count start end }
    }`;
    const { data, errors } = await ask(server.url, query, { by, filter });
    expect(errors).toBeUndefined();
    return data?.eventCounts as { label: string; count: number; start: string; end: string }[];
  }
  const range = {
    occurredAfter: new Date(start).toISOString(),
    occurredBefore: new Date(start + 100 * 60_000).toISOString(),
  };

  it("from the first day that a time can name", async () => {
    const steps = await counts("TIME", { occurredBefore: "0001-01-01T06:00:00Z" });
    expect(steps[0]).toMatchObject({ start: "0001-01-01T00:00:00.000Z", count: 0 });
    expect(await counts("EVENT", { occurredBefore: "0001-01-01T00:00:00Z" })).toEqual([]);
  });

  it("in equal steps of time, also the empty ones", async () => {
    const steps = await counts("TIME", { ...range, events: ["order.paid"] });
    expect(steps).toHaveLength(100);
    expect(steps.map(({ count }) => count)).toEqual(
      Array.from({ length: 100 }, (_, n) => (n % 5 === 1 ? 1 : 0)),
    );
    expect(steps[0]).toMatchObject({ label: range.occurredAfter, start: range.occurredAfter });
    expect(steps.at(-1)?.end).toBe(range.occurredBefore);
  });

  it("by name and by resource, the most frequent first", async () => {
    expect(
      (await counts("EVENT", { ...range, events: ["o*"] })).map(({ label, count }) => [label, count]),
    ).toEqual([
      ["order.created", 20],
      ["order.created.again", 20],
      ["order.paid", 20],
    ]);
    const resources = await counts("RESOURCE", range);
    expect(resources).toHaveLength(50);
    expect(resources[0]).toEqual({
      label: "order.0",
      count: 2,
      start: range.occurredAfter,
      end: range.occurredBefore,
    });
  });

  it("of the last day where nothing else is said", async () => {
    const steps = await counts("TIME", {});
    const lasted = Date.parse(steps.at(-1)?.end ?? "") - Date.parse(steps[0]?.start ?? "");
    expect(lasted).toBe(day);
    expect(await counts("EVENT", {})).toEqual([]);
  });
});
