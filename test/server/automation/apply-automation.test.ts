import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyAutomation } from "../../../server/automation/apply-automation.ts";
import { deleteAutomation } from "../../../server/automation/delete-automation.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { definition, namesOf, versionsOf } from "../../support/stored-automations.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const stored = (id: string) => ctx.prisma.automation.findUniqueOrThrow({ where: { id } });

describe("applying a document", () => {
  it("actions 88: creates once, then changes nothing", async () => {
    const first = await applyAutomation(ctx, definition("applied"));
    const before = await stored(first.id);
    const second = await applyAutomation(ctx, definition("applied"));
    expect([first.outcome, second.outcome]).toEqual(["created", "unchanged"]);
    expect(second.id).toBe(first.id);
    expect(await stored(first.id)).toEqual(before);
    expect(await namesOf(ctx, first.id)).toEqual(["created"]);
  });

  it("replaces the one of the same name and owner only", async () => {
    const owner = "prefect.deployment.4ad7c1de-8a4e-4a4e-9f5e-2f0e6a7b8c9d";
    const { id: free } = await applyAutomation(ctx, definition("shared"));
    const { id: owned } = await applyAutomation(ctx, definition("shared", { owner_resource: owner }));
    expect(owned).not.toBe(free);
    const again = await applyAutomation(
      ctx,
      definition("shared", { owner_resource: owner, description: "x" }),
    );
    expect(again).toEqual({ id: owned, outcome: "updated" });
    expect(await stored(free)).toMatchObject({ description: "" });
  });

  it("of several that apply the same new name at once, one creates it and the others change nothing", async () => {
    const applied = await Promise.all(
      Array.from({ length: 8 }, () => applyAutomation(ctx, definition("at once"))),
    );
    const outcomes = applied.map(({ outcome }) => outcome).sort();
    expect(outcomes).toEqual(["created", ...Array(7).fill("unchanged")]);
    expect(new Set(applied.map(({ id }) => id)).size).toBe(1);
    expect(await namesOf(ctx, applied[0]?.id ?? "")).toEqual(["created"]);
  });

  it("of several different ones at once, the last word holds and each change is told once", async () => {
    const applied = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        applyAutomation(ctx, definition("contested", { description: `${n}` })),
      ),
    );
    const [id = ""] = new Set(applied.map((one) => one.id));
    const versions = await versionsOf(ctx, id);
    expect(versions.map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5, 6]);
    const places = versions.map(({ position }) => position ?? 0);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(versions.at(-1)?.definition).toMatchObject({ description: (await stored(id)).description });
  });

  it("creates anew while the old one of that name is being deleted", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await applyAutomation(ctx, definition("flickering", { description: "old" }));
      const [, applied] = await Promise.all([
        deleteAutomation(ctx, id),
        applyAutomation(ctx, definition("flickering", { description: "new" })),
      ]);
      const living = await ctx.prisma.automation.findMany({ where: { name: "flickering", deletedAt: null } });
      // Either it came first and was deleted with the old one's row, or it came second and created a new one.
      expect(living.map((one) => one.id)).toEqual(applied.outcome === "created" ? [applied.id] : []);
    }
  });
});
