import { afterAll, beforeAll, expect, it } from "vitest";
import { ask } from "../support/ask.ts";
import { createTestContext, type TestContext } from "../support/context.ts";
import { blocksOf, namedBlock } from "./support/pages.ts";

const page = "docs/backtest-and-explain.md";
const json = (file: string) => JSON.parse(namedBlock(page, file).text);
let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

it("the backtest that the page shows answers what the page says", async () => {
  const query = blocksOf(page).find(({ text }) => text.includes("query Rehearse"))?.text ?? "";
  expect((await ask(ctx, query, json("variables.json"))).data).toEqual(json("answer.json"));
});
