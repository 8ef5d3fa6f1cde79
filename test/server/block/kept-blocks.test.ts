import sql from "sql-template-tag";
import { v7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { deleteBlock } from "../../../server/block/delete-block.ts";
import { readBlock, readBlocks } from "../../../server/block/read-block.ts";
import { type SaveBlockArgs, saveBlock } from "../../../server/block/save-block.ts";
import { forgetBlocks } from "../../../server/worker/forget-blocks.ts";
import { forgetRuns } from "../../../server/worker/forget-runs.ts";
import { ask, at } from "../../support/ask.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { calledRun } from "../../support/runs.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

/** A JSON block under a name of its own. */
function document() {
  const name = v7();
  return {
    name,
    save: (value: number, how: Partial<SaveBlockArgs> = {}) =>
      saveBlock(ctx, { type: "json", name, data: { value }, overwrite: true, ...how }),
    read: () => readBlock(ctx.db, "json", name),
    /** Lets it be as if it had been saved so long ago. */
    age: (seconds: number) =>
      ctx.db.query(
        sql`UPDATE block SET expires_at = expires_at - ${seconds} * interval '1 second' WHERE name = ${name}`,
      ),
    stored: () => ctx.prisma.block.count({ where: { name } }),
  };
}

/** How many seconds lie between its last save and its end. */
function lifetime(block: { updatedAt: Date; expiresAt: Date | null } | null) {
  if (block?.expiresAt == null) return null;
  return Math.round((block.expiresAt.getTime() - block.updatedAt.getTime()) / 1000);
}

it("actions 7.1: a document with a ttl is gone after that time, before it is swept away, and its name is free", async () => {
  const block = document();
  const id = await block.save(1, { ttl: 60 });
  expect(await block.read()).toMatchObject({ id, ttl: 60, revision: 1 });
  expect(lifetime(await block.read())).toBe(60);

  await block.age(61);
  expect(await block.read()).toBeNull();
  expect((await readBlocks(ctx.db, "json", false)).map(({ name }) => name)).not.toContain(block.name);
  expect(await deleteBlock(ctx, { id })).toEqual([]);
  await expect(block.save(2, { ifRevision: 1 })).rejects.toMatchObject({ name: "NotFoundError" });

  const next = await block.save(2, { overwrite: false });
  expect(next).not.toBe(id);
  expect(await block.read()).toMatchObject({ id: next, data: { value: 2 }, ttl: null, expiresAt: null });
});

it("actions 7.1: every save begins the time anew; a ttl that is left out stays, another one counts, null takes it away", async () => {
  const block = document();
  await block.save(1, { ttl: 60 });
  await block.age(50);
  await block.save(2);
  expect(await block.read()).toMatchObject({ ttl: 60 });
  expect(lifetime(await block.read())).toBe(60);
  await block.age(50);
  await block.save(3, { ifRevision: 2 });
  expect(lifetime(await block.read())).toBe(60);
  await block.save(4, { ttl: 5 });
  expect(lifetime(await block.read())).toBe(5);
  await block.save(5, { ifRevision: 4, ttl: 7 });
  expect(lifetime(await block.read())).toBe(7);
  await block.save(6, { ttl: null });
  expect(await block.read()).toMatchObject({ ttl: null, expiresAt: null, data: { value: 6 } });
});

it("actions 7.1: who takes an expired name anew begins a document of its own, and of many at once one does", async () => {
  const block = document();
  const run = await calledRun(ctx);
  const first = await block.save(1, { ttl: 60, ownerRunId: run.flowRunId });
  const before = await block.read();
  await block.age(61);
  const ends = await Promise.allSettled(
    Array.from({ length: 10 }, (_, value) => block.save(value, { ifRevision: 0 })),
  );
  expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const after = await block.read();
  expect(after).toMatchObject({ ttl: null, ownerRunId: null });
  expect(after?.id).not.toBe(first);
  expect(after?.createdAt.getTime()).toBeGreaterThan(before?.createdAt.getTime() ?? Infinity);
  // Whoever has read the old one does not replace the new one.
  await expect(block.save(9, { ifRevision: 1 })).rejects.toMatchObject({ name: "AlreadyExistsError" });
});

it("actions 7.1: the sweep deletes what has expired an hour ago, and nothing else", async () => {
  const [old, fresh, living, forGood] = [document(), document(), document(), document()];
  for (const block of [old, fresh, living]) await block.save(1, { ttl: 60 });
  await forGood.save(1);
  await old.age(3700);
  await fresh.age(61);
  expect(await forgetBlocks(ctx)).toBeUndefined();
  expect(await Promise.all([old, fresh, living, forGood].map((block) => block.stored()))).toEqual([
    0, 1, 1, 1,
  ]);
});

it("actions 7.1: a document that a run owns is deleted with it, in the same transaction; what it does not own stays", async () => {
  const run = await calledRun(ctx);
  const [owned, taken, shared] = [document(), document(), document()];
  await owned.save(1, { ownerRunId: run.flowRunId });
  await owned.save(2);
  expect(await owned.read()).toMatchObject({ ownerRunId: run.flowRunId });
  await taken.save(1, { ownerRunId: run.flowRunId });
  await taken.save(2, { ownerRunId: null });
  await shared.save(1);

  const mutation = "mutation ($id: ID!) { deleteFlowRun(flowRunId: $id) }";
  expect(at(await ask(ctx, mutation, { id: run.flowRunId }), "deleteFlowRun")).toEqual([run.flowRunId]);
  expect(await owned.read()).toBeNull();
  expect(await Promise.all([owned, taken, shared].map((block) => block.stored()))).toEqual([0, 1, 1]);
});

it("actions 7.1: a run that is forgotten with its time takes its documents along; a run that is gone owns none", async () => {
  const run = await calledRun(ctx);
  const block = document();
  await block.save(1, { ownerRunId: run.flowRunId });
  await ctx.db.query(sql`
    UPDATE flow_run SET state_type = 'COMPLETED', ended_at = now() - interval '10 years' WHERE id = ${run.flowRunId}::uuid`);
  await forgetRuns(ctx);
  expect(await block.stored()).toBe(0);

  for (const ownerRunId of [run.flowRunId, "no id"])
    await expect(block.save(1, { ownerRunId })).rejects.toMatchObject({
      name: "NotFoundError",
      message: expect.stringContaining(ownerRunId),
    });
  expect(await block.stored()).toBe(0);
});

it("actions 7.1: who saves a document while its run is deleted saves it before, or learns that the run is gone", async () => {
  for (let round = 0; round < 10; round++) {
    const { flowRunId } = await calledRun(ctx);
    const [changed, made] = [document(), document()];
    await changed.save(1, { ownerRunId: flowRunId });
    const deleted = ask(ctx, "mutation ($id: ID!) { deleteFlowRun(flowRunId: $id) }", { id: flowRunId });
    const saved = await Promise.allSettled([
      changed.save(2, { ownerRunId: flowRunId }),
      made.save(1, { ownerRunId: flowRunId }),
    ]);
    expect(at(await deleted, "deleteFlowRun")).toEqual([flowRunId]);
    for (const end of saved)
      expect(end.status === "fulfilled" ? null : end.reason.message).toBeOneOf([
        null,
        `no flow run "${flowRunId}"`,
      ]);
    expect(await Promise.all([changed.stored(), made.stored()])).toEqual([0, 0]);
  }
});

it("actions 7.1: only JSON documents expire or belong to a run, and what makes no sense is told with its place", async () => {
  const save = (how: Partial<SaveBlockArgs>) =>
    saveBlock(ctx, { type: "slack-webhook", name: "kept", data: { url: "https://a.example.org" }, ...how });
  const paths = (how: Partial<SaveBlockArgs>) =>
    save(how).then(
      () => "saved",
      (error) => error.issues.map((issue: { path: string[] }) => issue.path.join(".")),
    );
  expect(await paths({ ttl: 60, ownerRunId: v7() })).toEqual(["ttl", "ownerRunId"]);
  expect(await paths({ type: "json", data: { value: 1 }, ttl: 0, ifRevision: -1 })).toEqual([
    "ifRevision",
    "ttl",
  ]);
  expect(await paths({ ttl: null, ownerRunId: null })).toBe("saved");
});

it("actions 7.1: a block without a name goes by its id, is in no list, and can be changed and deleted", async () => {
  const made = await saveBlock(ctx, { type: "json", data: { value: 1 } });
  const other = await saveBlock(ctx, { type: "json", name: null, data: { value: 2 }, overwrite: true });
  expect(other).not.toBe(made);
  expect(await readBlock(ctx.db, "json", made)).toMatchObject({ id: made, name: made, anonymous: true });
  const listed = (await readBlocks(ctx.db, null, false)).map(({ id }) => id);
  expect(listed).not.toContain(made);
  expect(await saveBlock(ctx, { type: "json", name: made, data: { value: 3 }, overwrite: true })).toBe(made);
  expect(await readBlock(ctx.db, "json", made)).toMatchObject({ anonymous: true, data: { value: 3 } });
  await expect(saveBlock(ctx, { type: "json", data: { value: 4 }, ifRevision: 1 })).rejects.toMatchObject({
    issues: [{ path: ["ifRevision"] }],
  });
  expect(await deleteBlock(ctx, { id: made })).toEqual([made]);
});
