import { gql } from "@urql/core";
import { Client, fetchExchange } from "urql";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ConnectionStore } from "../../web/lib/graphql/connection.ts";
import { sentInOrder } from "../../web/lib/graphql/sent-in-order.ts";
import { waitToRetry } from "../../web/lib/graphql/wait-to-retry.ts";

it("an answer is sent with its properties in the order that it has", async () => {
  const bodies: unknown[] = [];
  const client = new Client({
    url: "http://console.test/graphql",
    preferGetMethod: false,
    exchanges: [sentInOrder, fetchExchange],
    fetch: async (_, options) => {
      bodies.push(options?.body);
      return Response.json({ data: { resume: "taken" } });
    },
  });
  const document = gql("mutation Resume($input: JSON) { resume(input: $input) }");
  const input = { name: "Ada", size: "small", items: [{ sku: "a", qty: 1 }] };
  const { data } = await client.mutation(document, { input }).toPromise();
  expect(data).toEqual({ resume: "taken" });
  const [body] = bodies;
  expect(JSON.stringify(JSON.parse(String(body)).variables.input)).toBe(JSON.stringify(input));
  expect(JSON.parse(String(body))).toMatchObject({
    operationName: "Resume",
    query: expect.stringContaining("resume("),
  });
});

describe("a lost connection", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("addEventListener", () => undefined);
    vi.stubGlobal("removeEventListener", () => undefined);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("is made anew within two seconds, however long it was away", async () => {
    const done = vi.fn();
    void waitToRetry(new ConnectionStore(), 30).then(done);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(done).toHaveBeenCalledOnce();
  });

  it("is made anew at once when the server answers a request", async () => {
    const store = new ConnectionStore();
    const done = vi.fn();
    void waitToRetry(store, 30).then(done);
    await vi.advanceTimersByTimeAsync(0);
    expect(done).not.toHaveBeenCalled();
    store.answered();
    await vi.advanceTimersByTimeAsync(0);
    expect(done).toHaveBeenCalledOnce();
  });
});
