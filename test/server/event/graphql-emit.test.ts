import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "../../../server/graphql/schema.ts";
import { ask, startTestServer, type TestServer } from "../../support/wire.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ schema });
});
afterAll(() => server.close());

const emit = `mutation ($event: EventInput!) {
  emitEvent(event: $event) {
    __typename
    ... on Event { id cursor event occurred received resource related payload follows }
    ... on InvalidInputError { message issues { path message } }
  }
}`;

const emitAll = `mutation ($events: [EventInput!]!) {
  emitEvents(events: $events) {
    results { __typename ... on Event { id cursor } ... on InvalidInputError { issues { path } } }
  }
}`;

const order = (number: number, more: object = {}) => ({
  event: "order.created",
  resource: { "prefect.resource.id": `order.${number}` },
  ...more,
});

describe("an event sent over GraphQL", () => {
  it("is answered as it is stored, and found by its id", async () => {
    const id = randomUUID();
    const payload = { b: 1, a: [null, "ä"] };
    const event = order(1, {
      id: id.toUpperCase(),
      related: [{ "prefect.resource.id": "customer.7", "prefect.resource.role": "customer" }],
      payload,
      occurred: "2026-01-31T13:00:00+01:00",
      follows: id,
    });
    const { data } = await ask(server.url, emit, { event });
    expect(data?.emitEvent).toEqual({
      ...event,
      __typename: "Event",
      id,
      cursor: "1",
      occurred: "2026-01-31T12:00:00.000Z",
      received: expect.stringMatching(/^20.*Z$/),
    });
    const found = await ask(
      server.url,
      'query ($id: ID!) { event(id: $id) { id payload } other: event(id: "x") { id } }',
      { id },
    );
    expect(found.data).toEqual({ event: { id, payload }, other: null });
  });

  it("is refused with everything that is wrong in it, also where it was written into the document", async () => {
    const query = `mutation {
      emitEvent(event: { event: "", resource: { a: 1 }, related: [{ x: "y" }], payload: [], id: "7" }) {
        ... on InvalidInputError { issues { path } }
      }
    }`;
    const { data } = await ask(server.url, query);
    expect(data?.emitEvent).toEqual({
      issues: [
        { path: ["event"] },
        { path: ["resource", "a"] },
        { path: ["resource", "prefect.resource.id"] },
        { path: ["related", "0", "prefect.resource.id"] },
        { path: ["related", "0", "prefect.resource.role"] },
        { path: ["payload"] },
        { path: ["id"] },
      ],
    });
  });
});

describe("triggers 1: of several events in one call", () => {
  it("each stands or falls alone", async () => {
    for (let round = 0; round < 3; round++) {
      const events = Array.from({ length: 1_000 }, (_, n) => order(n, n % 10 === 0 ? { payload: 1 } : {}));
      const { data, errors } = await ask(server.url, emitAll, { events });
      expect(errors).toBeUndefined();
      const payload = data?.emitEvents as { results: { __typename: string; cursor: string }[] } | undefined;
      const cursors = (payload?.results ?? []).flatMap(({ __typename, cursor }, n) => {
        expect(__typename).toBe(n % 10 === 0 ? "InvalidInputError" : "Event");
        return n % 10 === 0 ? [] : [Number(cursor)];
      });
      expect(cursors).toHaveLength(900);
      expect(cursors).toEqual(cursors.map((_, n) => (cursors[0] ?? 0) + n));
    }
  });

  it("1,001 are too many, and none is stored", async () => {
    const before = await ask(server.url, emit, { event: order(0) });
    const events = Array.from({ length: 1_001 }, (_, n) => order(n));
    const { data, errors } = await ask(server.url, emitAll, { events });
    expect(data).toBeFalsy();
    expect(errors?.[0]).toMatchObject({ extensions: { code: "TOO_MANY_EVENTS" }, path: ["emitEvents"] });
    const after = await ask(server.url, emit, { event: order(0) });
    const cursor = ({ data }: typeof after) =>
      Number((data?.emitEvent as { cursor: string } | undefined)?.cursor);
    expect(cursor(after)).toBe(cursor(before) + 1);
  });
});
