import sql from "sql-template-tag";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseDeploymentTriggers } from "../../../core/automation/deployment-trigger.ts";
import { ownedAutomations } from "../../../core/automation/owned-automations.ts";
import { parseAutomationDocument } from "../../../core/automation/parse.ts";
import { appendVersions } from "../../../server/automation/append-versions.ts";
import { createAutomation } from "../../../server/automation/create-automation.ts";
import { type Reconciled, reconcileOwned } from "../../../server/automation/reconcile-owned.ts";
import { pauseAutomation, setAutomationEnabled } from "../../../server/automation/set-automation-enabled.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

let deployments = 0;

/** A deployment that is registered with lists of triggers, one after the other. */
function deployment() {
  deployments += 1;
  const it = { id: ctx.newId(), name: `d${deployments}` };
  const owner = `prefect.deployment.${it.id}`;
  const names = (list: { name: string }[]) => list.map(({ name }) => name);
  return {
    ...it,
    owner,
    async deploy(triggers: object[]) {
      const owned = ownedAutomations(parseDeploymentTriggers(triggers), it);
      const done = await ctx.db.transaction<Reconciled>(async (tx) => {
        const reconciled = await reconcileOwned(tx, ctx, owner, owned);
        if (reconciled.events.length > 0) tx.last(appendVersions(reconciled.events));
        return reconciled;
      });
      return {
        created: names(done.created),
        updated: names(done.updated),
        unchanged: names(done.unchanged),
        removed: names(done.removed),
      };
    },
    rows: () =>
      ctx.prisma.automation.findMany({
        where: { ownerResource: owner, deletedAt: null },
        orderBy: { name: "asc" },
      }),
  };
}

const nothing = { created: [], updated: [], unchanged: [], removed: [] };
const first = { name: "first", expect: ["a"] };
const second = { expect: ["b"], parameters: { x: "{{ event }}" } };

describe("actions 4.3, 79: redeploying", () => {
  it("the same list changes nothing", async () => {
    const d = deployment();
    expect(await d.deploy([first, second])).toEqual({
      ...nothing,
      created: ["first", `${d.name}__automation_2`],
    });
    const before = await d.rows();
    expect(await d.deploy([first, second])).toEqual({
      ...nothing,
      unchanged: ["first", `${d.name}__automation_2`],
    });
    expect(await d.rows()).toEqual(before);
  });

  it("one fewer removes it, none removes all of its own, and what was made by hand stays", async () => {
    const d = deployment();
    const byHand = await createAutomation(
      ctx,
      parseAutomationDocument({
        name: `by hand ${d.name}`,
        trigger: { expect: ["x"] },
        actions: [{ type: "run-deployment", deployment_id: d.id }],
      }),
    );
    await d.deploy([first, second]);
    expect(await d.deploy([first])).toEqual({
      ...nothing,
      unchanged: ["first"],
      removed: [`${d.name}__automation_2`],
    });
    expect(await d.deploy([])).toEqual({ ...nothing, removed: ["first"] });
    expect(await d.rows()).toEqual([]);
    expect(await ctx.prisma.automation.findUnique({ where: { id: byHand } })).toMatchObject({
      deletedAt: null,
    });
  });

  it("a changed one is replaced in place: only a changed trigger starts afresh", async () => {
    const d = deployment();
    await d.deploy([first, second]);
    const before = await d.rows();
    expect(
      await d.deploy([
        { ...first, description: "new" },
        { ...second, within: 5 },
      ]),
    ).toEqual({
      ...nothing,
      updated: ["first", `${d.name}__automation_2`],
    });
    const after = await d.rows();
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    const kept = after.map(
      ({ trigger }, index) => JSON.stringify(trigger) === JSON.stringify(before[index]?.trigger),
    );
    expect(new Map(after.map(({ name }, index) => [name, kept[index]]))).toEqual(
      new Map([
        ["first", true],
        [`${d.name}__automation_2`, false],
      ]),
    );
  });

  it("leaves what an operator has paused, unless the list says otherwise", async () => {
    const d = deployment();
    await d.deploy([first]);
    const [{ id = "" } = {}] = await d.rows();
    await setAutomationEnabled(ctx, id, false);
    expect(await d.deploy([first])).toEqual({ ...nothing, unchanged: ["first"] });
    expect(await d.deploy([{ ...first, description: "x" }])).toEqual({ ...nothing, updated: ["first"] });
    expect(await d.rows()).toMatchObject([{ enabled: false }]);
    expect(await d.deploy([{ ...first, enabled: true }])).toEqual({ ...nothing, updated: ["first"] });
    expect(await d.rows()).toMatchObject([{ enabled: true }]);
  });

  it("tells of each change once, in one place of the log after the other", async () => {
    const d = deployment();
    await d.deploy([first, second]);
    await d.deploy([{ ...first, within: 3 }]);
    const told = await ctx.db.query<{ event: string; name: string }>(sql`
      SELECT event, payload->>'name' AS name FROM event WHERE payload->>'owner_resource' = ${d.owner} ORDER BY position`);
    expect(told.map(({ event, name }) => [event.replace("prefect.automation.", ""), name])).toEqual([
      ["created", "first"],
      ["created", `${d.name}__automation_2`],
      ["deleted", `${d.name}__automation_2`],
      ["updated", "first"],
    ]);
    const open = await ctx.db.query(sql`SELECT 1 FROM automation_version WHERE position IS NULL`);
    expect(open).toEqual([]);
  });

  it("leaves all as it was where one is refused", async () => {
    const d = deployment();
    await d.deploy([first]);
    const before = await d.rows();
    await expect(
      d.deploy([{ ...first, within: 9 }, { expect: ["prefect.flow-run.Running"] }]),
    ).rejects.toThrow(/loop/);
    expect(await d.rows()).toEqual(before);
  });
});

describe("pausing within another transaction", () => {
  it("says why and what led to it, and does nothing where it is paused", async () => {
    const id = await createAutomation(
      ctx,
      parseAutomationDocument({
        name: "guarded",
        trigger: { expect: ["x"] },
        actions: [{ type: "do-nothing" }],
      }),
    );
    const pause = () =>
      ctx.db.transaction(async (tx) => {
        const event = await pauseAutomation(tx, ctx, id, { reason: "it loops", chain: [id] });
        if (event !== null) tx.last(appendVersions([event]));
        return event;
      });
    const event = await pause();
    expect(event).toMatchObject({
      event: "prefect.automation.updated",
      chain: [id],
      payload: { reason: "it loops", enabled: false },
    });
    expect(await ctx.prisma.automation.findUnique({ where: { id } })).toMatchObject({
      enabled: false,
      revision: 2,
    });
    expect(await pause()).toBeNull();
  });
});
