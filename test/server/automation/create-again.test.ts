import { v7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parseAutomationDocument } from "../../../core/automation/parse.ts";
import { InvalidInputError } from "../../../core/error.ts";
import { createAutomation } from "../../../server/automation/create-automation.ts";
import { deleteAutomation } from "../../../server/automation/delete-automation.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { eventsAbout } from "../../support/events.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

function definition(name: string) {
  return parseAutomationDocument({ name, trigger: { expect: ["x"] }, actions: [{ type: "do-nothing" }] });
}

it("an automation whose creation is asked for again under its id is created once", async () => {
  const id = v7();
  const ids = await Promise.all(
    Array.from({ length: 8 }, () => createAutomation(ctx, definition("once"), id)),
  );
  expect(new Set([...ids, await createAutomation(ctx, definition("once"), id)])).toEqual(new Set([id]));
  const events = await eventsAbout(ctx, `prefect.automation.${id}`);
  expect(events.map(({ event }) => event)).toEqual(["prefect.automation.created"]);
});

it("a creation under the id of an automation that is gone is refused, and makes none anew", async () => {
  const id = await createAutomation(ctx, definition("gone"), v7());
  await deleteAutomation(ctx, id);
  await expect(createAutomation(ctx, definition("gone"), id)).rejects.toMatchObject({
    issues: [
      { path: ["id"], message: `${id} was that of an automation which is deleted; choose another one` },
    ],
  });
  expect(await ctx.prisma.automation.count({ where: { name: "gone", deletedAt: null } })).toBe(0);
});

it("another automation of the same name is refused all the same, and so is an id that is none", async () => {
  await createAutomation(ctx, definition("taken"), v7());
  await expect(createAutomation(ctx, definition("taken"), v7())).rejects.toMatchObject({
    issues: [{ path: ["name"] }],
  });
  await expect(createAutomation(ctx, definition("other"), "no id")).rejects.toBeInstanceOf(InvalidInputError);
});
