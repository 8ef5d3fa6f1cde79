import sql from "sql-template-tag";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { parseAutomationDocument } from "../../../core/automation/parse.ts";
import { createAutomation } from "../../../server/automation/create-automation.ts";
import { deleteAutomation } from "../../../server/automation/delete-automation.ts";
import { lockAutomation } from "../../../server/automation/row.ts";
import { updateAutomation } from "../../../server/automation/update-automation.ts";
import { forgetAutomations } from "../../../server/worker/forget-automations.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { within } from "../../support/wire.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());
beforeEach(() => evaluatedUpTo(sql`2000000000`));

/** How far the only evaluator is. */
async function evaluatedUpTo(position: ReturnType<typeof sql>): Promise<void> {
  await ctx.db.query(sql`
    INSERT INTO evaluator (partition, epoch, position) VALUES (0, 0, ${position})
    ON CONFLICT (partition) DO UPDATE SET position = excluded.position`);
}

const definition = (name: string, description = "") =>
  parseAutomationDocument({
    name,
    description,
    trigger: { expect: ["x"] },
    actions: [{ type: "do-nothing" }],
  });

const isThere = async (id: string) => (await ctx.prisma.automation.count({ where: { id } })) === 1;

async function fires(automationId: string, revision = 1): Promise<string> {
  const id = ctx.newId();
  await ctx.db.query(sql`
    INSERT INTO firing (id, position, automation_id, revision, trigger_id, state, triggered, fired_at, caused_by_clock,
      triggering_labels, counted_event_ids, member_firings, chain)
    SELECT ${id}::uuid, COALESCE(max(position), 0) + 1, ${automationId}::uuid, ${revision}, ${id}::uuid, 'Triggered', now(), now(),
      false, '{}', '{}', '[]', '{}' FROM firing`);
  return id;
}

describe("triggers 15: a deleted automation", () => {
  it("stays until its last firing has expired", async () => {
    const id = await createAutomation(ctx, definition("with firings"));
    const firing = await fires(id);
    await deleteAutomation(ctx, id);
    await forgetAutomations(ctx);
    expect(await isThere(id)).toBe(true);
    await ctx.prisma.firing.delete({ where: { id: firing } });
    await forgetAutomations(ctx);
    expect(await isThere(id)).toBe(false);
    expect(await ctx.prisma.automationVersion.count({ where: { automationId: id } })).toBe(0);
  });

  it("stays until every evaluator has come past its end", async () => {
    const id = await createAutomation(ctx, definition("behind"));
    await deleteAutomation(ctx, id);
    const [last] = await ctx.db.query<{ position: number }>(sql`
      SELECT max(position) AS position FROM automation_version WHERE automation_id = ${id}::uuid`);
    await evaluatedUpTo(sql`${(last?.position ?? 0) - 1}`);
    await forgetAutomations(ctx);
    expect(await isThere(id)).toBe(true);
    await evaluatedUpTo(sql`${last?.position ?? 0}`);
    await forgetAutomations(ctx);
    expect(await isThere(id)).toBe(false);
  });

  it("is not one that lives", async () => {
    const id = await createAutomation(ctx, definition("living"));
    await forgetAutomations(ctx);
    expect(await isThere(id)).toBe(true);
  });
});

describe("changing an automation", () => {
  it("does not keep its firings from being stored meanwhile", async () => {
    const id = await createAutomation(ctx, definition("busy"));
    await ctx.db.transaction(async (tx) => {
      await lockAutomation(tx, id);
      await within("the firing is stored", fires(id));
    });
  });
});

describe("the versions of an automation", () => {
  const revisionsOf = async (automationId: string) =>
    (
      await ctx.prisma.automationVersion.findMany({ where: { automationId }, orderBy: { revision: "asc" } })
    ).map(({ revision }) => revision);

  it("stay as long as the log has an event that they may have judged, or a firing names them", async () => {
    const id = await createAutomation(ctx, definition("changing", "1"));
    for (const description of ["2", "3", "4"])
      await updateAutomation(ctx, id, definition("changing", description));
    await fires(id, 2);
    await forgetAutomations(ctx);
    expect(await revisionsOf(id)).toEqual([1, 2, 3, 4]);
    await ctx.db.query(sql`DELETE FROM event`);
    // The first event of the log that is kept.
    const other = await createAutomation(ctx, definition("another"));
    await forgetAutomations(ctx);
    expect(await revisionsOf(id)).toEqual([2, 4]);
    expect(await revisionsOf(other)).toEqual([1]);
  });
});
