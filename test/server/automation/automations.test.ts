import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InvalidInputError, NotFoundError } from "../../../core/error.ts";
import { createAutomation } from "../../../server/automation/create-automation.ts";
import { deleteAutomation } from "../../../server/automation/delete-automation.ts";
import { setAutomationEnabled } from "../../../server/automation/set-automation-enabled.ts";
import { updateAutomation } from "../../../server/automation/update-automation.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { definition, namesOf, toldOf, versionsOf, walked } from "../../support/stored-automations.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const inOrder = {
  type: "sequence",
  triggers: [{ expect: ["a"] }, { type: "compound", require: "any", triggers: [{ expect: ["b"] }] }],
};

const stored = (id: string) => ctx.prisma.automation.findUniqueOrThrow({ where: { id } });

/** Every id in a trigger, at all levels. */
function idsOf(trigger: unknown): string[] {
  const { id, triggers } = trigger as { id: string; triggers?: unknown[] };
  return [id, ...(triggers ?? []).flatMap(idsOf)];
}

async function refusal(work: Promise<unknown>): Promise<InvalidInputError> {
  const error = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (error instanceof InvalidInputError) return error;
  throw new Error(`not refused as invalid: ${error}`);
}

describe("triggers 15: creating", () => {
  it("gives the trigger an id at every level and tells of the whole automation in one event", async () => {
    const id = await createAutomation(ctx, definition("in order", { trigger: inOrder, tags: ["t"] }));
    const { trigger } = await stored(id);
    expect(new Set(idsOf(trigger)).size).toBe(4);
    const [event, ...more] = await toldOf(ctx, id);
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      event: "prefect.automation.created",
      resource: { "prefect.resource.id": `prefect.automation.${id}`, "prefect.resource.name": "in order" },
      related: [],
      follows: null,
      payload: { id, name: "in order", tags: ["t"], trigger: { type: "sequence" }, enabled: true },
    });
  });

  it("makes a version that begins at the place of its event", async () => {
    const id = await createAutomation(ctx, definition("versioned"));
    const [event] = await toldOf(ctx, id);
    expect(await versionsOf(ctx, id)).toMatchObject([
      {
        revision: 1,
        eventId: event?.id,
        position: event?.position,
        enabled: true,
        triggerVersion: 1,
        definition: { name: "versioned", ownerResource: null },
      },
    ]);
  });

  it("refuses a name that an automation of the same owner has, and takes it for another owner", async () => {
    await createAutomation(ctx, definition("taken"));
    const error = await refusal(createAutomation(ctx, definition("taken")));
    expect(error.issues).toMatchObject([{ path: ["name"] }]);
    const owner = { owner_resource: "prefect.deployment.b9b7a4f0-0c3b-4b6c-9a43-1d2f3c4b5a69" };
    await createAutomation(ctx, definition("taken", owner));
    await refusal(createAutomation(ctx, definition("taken", owner)));
  });

  it("of several of one name at once stores one", async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, () => createAutomation(ctx, definition("rushed"))),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of tries) {
      if (one.status === "rejected") expect(one.reason).toBeInstanceOf(InvalidInputError);
    }
  });
});

describe("triggers 15: replacing", () => {
  it("by an equal definition changes nothing, writes nothing and emits nothing", async () => {
    const id = await createAutomation(ctx, definition("equal", { trigger: inOrder }));
    const before = await stored(id);
    await updateAutomation(ctx, id, definition("equal", { trigger: inOrder }));
    expect(await stored(id)).toEqual(before);
    expect(await namesOf(ctx, id)).toEqual(["created"]);
    expect(await versionsOf(ctx, id)).toHaveLength(1);
  });

  it("keeps the ids of an unchanged trigger, however its sets are written", async () => {
    const id = await createAutomation(ctx, definition("kept", { trigger: { expect: ["b", "a"] } }));
    const before = await stored(id);
    await updateAutomation(
      ctx,
      id,
      definition("kept", { trigger: { expect: ["a", "b", "a"], threshold: 1 }, description: "new" }),
    );
    const after = await stored(id);
    expect(after).toMatchObject({
      trigger: before.trigger,
      triggerVersion: 1,
      revision: 2,
      description: "new",
    });
    expect(after.createdAt).toEqual(before.createdAt);
    expect(await namesOf(ctx, id)).toEqual(["created", "updated"]);
  });

  it("gives a changed trigger new ids at every level and a new version", async () => {
    const id = await createAutomation(ctx, definition("changed", { trigger: inOrder }));
    const before = idsOf((await stored(id)).trigger);
    await updateAutomation(ctx, id, definition("changed", { trigger: { ...inOrder, within: 5 } }));
    const after = await stored(id);
    expect(idsOf(after.trigger).filter((one) => before.includes(one))).toEqual([]);
    expect(after).toMatchObject({ triggerVersion: 2, revision: 2 });
    expect(await versionsOf(ctx, id)).toMatchObject([{ triggerVersion: 1 }, { triggerVersion: 2 }]);
  });

  it("actions 87: uses no ids of triggers that a client sends, and cannot change the id", async () => {
    const mine = "0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b";
    const id = await createAutomation(
      ctx,
      definition("own ids", { id: mine, trigger: { ...walked, id: mine } }),
    );
    expect(id).not.toBe(mine);
    await updateAutomation(
      ctx,
      id,
      definition("own ids", { id: mine, trigger: { ...walked, id: mine, within: 20 } }),
    );
    expect(idsOf((await stored(id)).trigger)).not.toContain(mine);
    expect(await ctx.prisma.automation.count({ where: { id: mine } })).toBe(0);
  });

  it("actions 5.1: keeps the owner where nothing is said of it, and refuses another one", async () => {
    const owner = "prefect.deployment.9d7b1d4e-52c4-4b5c-8d0e-7a1f2b3c4d5e";
    const id = await createAutomation(ctx, definition("owned", { owner_resource: owner }));
    await updateAutomation(ctx, id, definition("owned", { description: "x" }));
    expect(await stored(id)).toMatchObject({ ownerResource: owner, description: "x" });
    await updateAutomation(ctx, id, definition("owned", { description: "y", owner_resource: owner }));
    for (const other of [null, "prefect.deployment.other"]) {
      const error = await refusal(updateAutomation(ctx, id, definition("owned", { owner_resource: other })));
      expect(error.issues).toMatchObject([{ path: ["owner_resource"] }]);
    }
  });

  it("refuses a name that is taken, and leaves the automation as it was", async () => {
    await createAutomation(ctx, definition("first"));
    const id = await createAutomation(ctx, definition("second"));
    const error = await refusal(updateAutomation(ctx, id, definition("first")));
    expect(error.issues).toMatchObject([{ path: ["name"] }]);
    expect(await stored(id)).toMatchObject({ name: "second", revision: 1 });
    expect(await namesOf(ctx, id)).toEqual(["created"]);
  });

  it("does not know an automation that is deleted, or no id", async () => {
    const id = await createAutomation(ctx, definition("gone"));
    await deleteAutomation(ctx, id);
    await expect(updateAutomation(ctx, id, definition("gone"))).rejects.toThrow(NotFoundError);
    await expect(updateAutomation(ctx, "nothing", definition("gone"))).rejects.toThrow(NotFoundError);
    await expect(setAutomationEnabled(ctx, id, false)).rejects.toThrow(NotFoundError);
  });
});

describe("triggers 15: disabling and enabling", () => {
  it("tell of the change; enabling starts watching afresh with the same ids", async () => {
    const id = await createAutomation(ctx, definition("toggled"));
    const { trigger } = await stored(id);
    await setAutomationEnabled(ctx, id, false);
    expect(await stored(id)).toMatchObject({ enabled: false, triggerVersion: 1 });
    await setAutomationEnabled(ctx, id, true);
    expect(await stored(id)).toMatchObject({ enabled: true, triggerVersion: 2, trigger });
    expect(await namesOf(ctx, id)).toEqual(["created", "updated", "updated"]);
    expect((await versionsOf(ctx, id)).map(({ enabled }) => enabled)).toEqual([true, false, true]);
  });

  it("change nothing where it is so already", async () => {
    const id = await createAutomation(ctx, definition("on"));
    const before = await stored(id);
    await setAutomationEnabled(ctx, id, true);
    expect(await stored(id)).toEqual(before);
    expect(await namesOf(ctx, id)).toEqual(["created"]);
  });

  it("actions 41: a disabled automation that would loop is saved, and enabling it is refused", async () => {
    const looping = {
      enabled: false,
      trigger: { expect: ["prefect.flow-run.Running"] },
      actions: [{ type: "run-deployment", source: "inferred" }],
    };
    const id = await createAutomation(ctx, definition("looping", looping));
    const error = await refusal(setAutomationEnabled(ctx, id, true));
    expect(error.issues).toMatchObject([{ path: ["actions", "0"] }]);
    expect(await stored(id)).toMatchObject({ enabled: false, revision: 1 });
  });
});

describe("triggers 15: deleting", () => {
  it("leaves the row marked, takes its name back, and tells of the whole automation", async () => {
    const id = await createAutomation(ctx, definition("passing"));
    expect(await deleteAutomation(ctx, id)).toEqual([id]);
    expect((await stored(id)).deletedAt).toBeInstanceOf(Date);
    expect(await toldOf(ctx, id)).toMatchObject([
      {},
      { event: "prefect.automation.deleted", payload: { name: "passing" } },
    ]);
    expect(await versionsOf(ctx, id)).toMatchObject([{}, { definition: null, enabled: false }]);
    await createAutomation(ctx, definition("passing"));
  });

  it("of nothing deletes nothing and tells nothing", async () => {
    const id = await createAutomation(ctx, definition("once"));
    await deleteAutomation(ctx, id);
    expect(await deleteAutomation(ctx, id)).toEqual([]);
    expect(await deleteAutomation(ctx, "nothing")).toEqual([]);
    expect(await namesOf(ctx, id)).toEqual(["created", "deleted"]);
  });
});

describe("the limits of a definition", () => {
  it("refuse what is larger than a stored value may be", async () => {
    const parameters = { text: "x".repeat(600_000) };
    const actions = [{ type: "run-deployment", deployment_id: "d", parameters }];
    const error = await refusal(createAutomation(ctx, definition("large", { actions })));
    expect(error.message).toMatch(/bytes of JSON; at most 524288/);
  });
});
