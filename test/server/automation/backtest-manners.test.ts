import { GraphQLError } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backtest } from "../../../server/automation/backtest.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

/** A silence of years, watched by the ten seconds: nothing but the clock, in one go, for long. */
const long = {
  document: { posture: "Proactive", expect: ["never"], within: 10 },
  events: [],
  start: new Date("2020-01-01T00:00:00Z"),
  until: new Date("2020-01-11T00:00:00Z"),
};

describe("triggers 16: a long backtest", () => {
  it("lets the server's other work go on all the while", async () => {
    let turns = 0;
    const turn = setInterval(() => {
      turns += 1;
    });
    const { firings } = await backtest(ctx, long);
    clearInterval(turn);
    expect(firings).toHaveLength(86_400);
    expect(turns).toBeGreaterThan(10);
  });

  it("ends when the client is gone", async () => {
    const client = new AbortController();
    setTimeout(() => client.abort(), 20);
    const left = await backtest({ ...ctx, signal: client.signal }, long).catch((error: unknown) => error);
    expect(left).toBeInstanceOf(GraphQLError);
    expect(left).toMatchObject({ extensions: { code: "CANCELLED" } });
  });
});
