import fc from "fast-check";
import sql from "sql-template-tag";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestContext, type TestContext } from "../support/context.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
  await ctx.db.query(sql`CREATE TABLE said (text text, number float8, maybe text, list text[])`);
});
afterAll(() => ctx.close());

it("a transaction's last statement says any text as it is", async () => {
  const text = fc.string({ unit: "binary" }).filter((value) => !value.includes("\0") && value.isWellFormed());
  const hard = fc.constantFrom("'", "\\", "\\'", "'; DROP TABLE said; --", "E'\\\\'", "$1", "");
  await fc.assert(
    fc.asyncProperty(fc.oneof(text, hard), fc.array(fc.oneof(text, hard)), async (value, list) => {
      await ctx.db.transaction(async (tx) => {
        await tx.query(sql`DELETE FROM said`);
        tx.last(sql`INSERT INTO said VALUES (${value}, ${1.5}, ${null}, ${list}::text[])`);
      });
      expect(await ctx.db.query(sql`SELECT * FROM said`)).toEqual([
        { text: value, number: 1.5, maybe: null, list },
      ]);
    }),
    { numRuns: 200 },
  );
});

it("a transaction's last statements go in their order, all or none, also where nothing was asked before them", async () => {
  await ctx.db.query(sql`DELETE FROM said`);
  const say = (text: string) => sql`INSERT INTO said SELECT ${text}, count(*) FROM said`;
  await ctx.db.transaction(async (tx) => tx.last(say("one"), say("two")));
  await expect(ctx.db.transaction(async (tx) => tx.last(say("three"), sql`SELECT 1 / ${0}`))).rejects.toThrow(
    "division by zero",
  );
  await ctx.db.transaction(async () => "nothing");
  expect(await ctx.db.query(sql`SELECT text, number FROM said ORDER BY number`)).toEqual([
    { text: "one", number: 0 },
    { text: "two", number: 1 },
  ]);
});

it("a last statement that fails takes the transaction with it, and a second one is refused", async () => {
  const before = await ctx.db.query(sql`SELECT * FROM said`);
  const failing = ctx.db.transaction(async (tx) => {
    await tx.query(sql`DELETE FROM said`);
    tx.last(sql`SELECT 1 / ${0}`);
  });
  await expect(failing).rejects.toThrow("division by zero");
  const twice = ctx.db.transaction(async (tx) => {
    await tx.query(sql`DELETE FROM said`);
    tx.last(sql`SELECT 1`);
    tx.last(sql`SELECT 2`);
  });
  await expect(twice).rejects.toThrow("its last statements once");
  expect(await ctx.db.query(sql`SELECT * FROM said`)).toEqual(before);
});
