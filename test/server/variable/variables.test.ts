import { afterAll, beforeAll, expect, it } from "vitest";
import { deleteVariable } from "../../../server/variable/delete-variable.ts";
import { readVariables } from "../../../server/variable/read-variables.ts";
import { setVariable } from "../../../server/variable/set-variable.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

it("variables keep every type of JSON, and the last value that was set", async () => {
  const values = {
    text: "a",
    number: 1.5,
    flag: false,
    nothing: null,
    list: [1, "b"],
    object: { deep: { a: 1 } },
  };
  for (const [name, value] of Object.entries(values)) await setVariable(ctx, { name, value });
  expect(await readVariables(ctx.db)).toEqual(values);
  const id = await setVariable(ctx, { name: "text", value: ["now a list"] });
  expect(await setVariable(ctx, { name: "text" })).toBe(id);
  expect(await readVariables(ctx.db)).toEqual({ ...values, text: null });
  expect(await deleteVariable(ctx, { name: "text" })).toEqual([id]);
  expect(await deleteVariable(ctx, { name: "text" })).toEqual([]);
  expect(await readVariables(ctx.db)).not.toHaveProperty("text");
});

it("a name that templates could not say, and a value that is too large, are told together", async () => {
  const name = "not a name";
  await expect(setVariable(ctx, { name, value: "x".repeat(20_000) })).rejects.toMatchObject({
    name: "InvalidInputError",
    issues: [
      { path: ["name"], message: expect.stringContaining('"not a name"') },
      { path: ["value"], message: expect.stringContaining("16384") },
    ],
  });
  expect(await deleteVariable(ctx, { name: "\0" })).toEqual([]);
});

it("there are at most 1,000 of them", async () => {
  await ctx.prisma.variable.deleteMany();
  await ctx.prisma.variable.createMany({
    data: Array.from({ length: 1000 }, (_, at) => ({ id: ctx.newId(), name: `v${at}`, value: at })),
  });
  await expect(setVariable(ctx, { name: "more", value: 1 })).rejects.toThrow(/1000 variables already/);
  await setVariable(ctx, { name: "v7", value: "changed" });
  expect((await readVariables(ctx.db)).v7).toBe("changed");
});
