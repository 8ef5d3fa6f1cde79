import { afterAll, beforeAll, expect, it } from "vitest";
import { createAutomations } from "../../../server/automation/create-automations.ts";
import { ask, at } from "../../support/ask.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { eventsAbout } from "../../support/events.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

function document(name: string, more: object = {}): object {
  return { name, trigger: { expect: ["x"] }, actions: [{ type: "do-nothing" }], ...more };
}

it("automations that are created together have their events in the order of the documents", async () => {
  const names = ["c", "a", "b"];
  const ids = await createAutomations(
    ctx,
    names.map((name) => document(name)),
  );
  const stored = await ctx.prisma.automation.findMany({ where: { id: { in: ids } } });
  expect(ids.map((id) => stored.find((one) => one.id === id)?.name)).toEqual(names);
  const positions = [];
  for (const id of ids) {
    const [created, ...others] = await eventsAbout(ctx, `prefect.automation.${id}`);
    expect([created?.event, others]).toEqual(["prefect.automation.created", []]);
    positions.push(Number(created?.position));
  }
  expect(positions).toEqual([...positions].sort((a, b) => a - b));
});

it("where one is refused none is created, and all problems are told with their documents", async () => {
  const documents = [
    document("new"),
    document("a"),
    { ...document("wrong"), trigger: { within: -1 } },
    document("new"),
  ];
  const mutation = `mutation ($documents: [JSON!]!) { createAutomations(documents: $documents) {
    ... on CreatedAutomations { automations { name } } ... on InvalidInputError { issues { path message } } } }`;
  const parsed = await ask(ctx, mutation, { documents });
  expect(at(parsed, "createAutomations.issues")).toMatchObject([
    { path: ["documents", "1", "name"] },
    { path: ["documents", "2", "trigger", "within"] },
  ]);
  const taken = await ask(ctx, mutation, { documents: documents.filter((_, index) => index !== 2) });
  expect(at(taken, "createAutomations.issues")).toMatchObject([
    { path: ["documents", "1", "name"] },
    { path: ["documents", "2", "name"] },
  ]);
  expect(await ctx.prisma.automation.count({ where: { name: "new" } })).toBe(0);
  const made = await ask(ctx, mutation, { documents: [document("new")] });
  expect(at(made, "createAutomations.automations")).toEqual([{ name: "new" }]);
  expect(at(await ask(ctx, mutation, { documents: [] }), "createAutomations.automations")).toEqual([]);
  const many = Array.from({ length: 501 }, (_, index) => document(`many ${index}`));
  await expect(createAutomations(ctx, many)).rejects.toMatchObject({ issues: [{ path: ["documents"] }] });
});

it("of calls at once that want the same names, in whatever order, one has them all", async () => {
  const names = Array.from({ length: 12 }, (_, index) => `wanted ${index}`);
  const calls = Array.from({ length: 6 }, (_, index) => {
    const wanted = index % 2 === 0 ? names : [...names].reverse();
    return createAutomations(
      ctx,
      wanted.map((name) => document(name)),
    );
  });
  const outcomes = await Promise.allSettled(calls);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const outcome of outcomes)
    if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ issues: { length: 12 } });
  expect(await ctx.prisma.automation.count({ where: { name: { startsWith: "wanted" } } })).toBe(12);
});
