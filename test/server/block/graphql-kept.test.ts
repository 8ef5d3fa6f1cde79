import sql from "sql-template-tag";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as api from "../../support/ask.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { calledRun } from "../../support/runs.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

/** The data of an operation; it must not have errors. */
async function ask(query: string, variables: Record<string, unknown> = {}) {
  const answer: ReturnType<typeof JSON.parse> = await api.ask(ctx, query, variables);
  expect(answer.errors).toBeUndefined();
  return answer.data;
}

const save = `mutation ($type: String!, $name: String!, $data: JSON!) {
  saveBlock(type: $type, name: $name, data: $data) { ... on Block { id } }
}`;

const test = `mutation ($id: ID!) { testBlock(id: $id) { ... on BlockTest { ok reason } } }`;

it("actions 7.1: a block whose type has come to require a field says which, and is read with nulls on request", async () => {
  const mail = { host: "mail.example.org", from: "a@example.org", to: ["b@example.org"] };
  const login = { username: "a", password: "topsecret" };
  const saved = await ask(save, { type: "email", name: "older", data: { ...mail, ...login } });
  const read = `{ block(type: "email", name: "older") { data whole: data(nulls: true) issues { path message } } }`;
  expect((await ask(read)).block).toMatchObject({ data: mail, issues: [] });
  // As a version of the server has stored it that asked for less.
  await ctx.db.query(sql`UPDATE block SET data = (data::jsonb - 'host' - 'to')::json WHERE name = 'older'`);
  const { block } = await ask(read);
  expect(block.issues).toEqual([
    { path: ["host"], message: "is required" },
    { path: ["to"], message: "is required" },
  ]);
  expect(block.data).not.toHaveProperty("host");
  expect(block.whole).toEqual({ ...block.data, host: null, to: null });
  expect(block.whole.password).toBe("********");
  expect((await ask(test, { id: saved.saveBlock.id })).testBlock).toMatchObject({
    ok: false,
    reason: "The notification block was invalid: host is required; to is required",
  });
});

it("actions 7.1: a block that automations use is deleted by force alone, and their actions show broken then", async () => {
  const url = "https://hooks.example.org/x";
  const { saveBlock } = await ask(save, { type: "slack-webhook", name: "used", data: { url } });
  const document = {
    name: "teller",
    trigger: { type: "event", expect: ["order.paid"] },
    actions: [
      { type: "do-nothing" },
      { type: "send-notification", block_document_id: saveBlock.id, body: "x" },
    ],
  };
  const { applyAutomation: automation } = await ask(
    `mutation ($document: JSON!) { applyAutomation(document: $document) { ... on Automation { id broken } } }`,
    { document },
  );
  expect(automation.broken).toBe(false);
  const refused = await api.ask(ctx, `mutation { deleteBlock(id: "${saveBlock.id}") }`);
  expect(refused.errors?.[0]?.extensions?.code).toBe("BAD_USER_INPUT");
  expect(refused.errors?.[0]?.message).toContain(`"teller" (${automation.id})`);

  expect(await ask(`mutation { deleteBlock(id: "${saveBlock.id}", force: true) }`)).toEqual({
    deleteBlock: [saveBlock.id],
  });
  const shown = await ask(
    `query ($id: ID!) {
      automation(id: $id) { broken warnings { path message } actions { type broken } }
    }`,
    {
      id: automation.id,
    },
  );
  expect(shown.automation).toMatchObject({
    broken: true,
    actions: [
      { type: "do-nothing", broken: false },
      { type: "send-notification", broken: true },
    ],
    warnings: [
      { path: ["actions", "1", "block_document_id"], message: expect.stringContaining(saveBlock.id) },
    ],
  });
});

it("actions 7.1: how long a block is kept, and the run that it goes with, are said and shown", async () => {
  const { flowRunId } = await calledRun(ctx);
  const keep = `mutation ($name: String, $ttl: Int, $run: ID) {
    saveBlock(type: "json", name: $name, data: { value: 1 }, overwrite: true, ttl: $ttl, ownerRunId: $run) {
      __typename
      ... on Block { name anonymous ttl expiresAt updatedAt ownerRun { id } }
      ... on Error { message }
    }
  }`;
  const kept = (await ask(keep, { name: "seen", ttl: 3600, run: flowRunId })).saveBlock;
  expect(kept).toMatchObject({ name: "seen", anonymous: false, ttl: 3600, ownerRun: { id: flowRunId } });
  expect(Math.round((Date.parse(kept.expiresAt) - Date.parse(kept.updatedAt)) / 1000)).toBe(3600);
  expect((await ask(keep, { name: "seen" })).saveBlock).toMatchObject({
    ttl: 3600,
    ownerRun: { id: flowRunId },
  });
  expect((await ask(keep, { name: "seen", ttl: null, run: null })).saveBlock).toMatchObject({
    ttl: null,
    expiresAt: null,
    ownerRun: null,
  });
  expect((await ask(keep, { name: "seen", run: "nobody" })).saveBlock).toEqual({
    __typename: "NotFoundError",
    message: 'no flow run "nobody"',
  });
  const { name, anonymous } = (await ask(keep)).saveBlock;
  expect(anonymous).toBe(true);
  const { block, blocks } = await ask(
    `query ($name: String!) { block(type: "json", name: $name) { id name } blocks { name } }`,
    { name },
  );
  expect(block).toEqual({ id: name, name });
  expect(blocks).not.toContainEqual({ name });
});

it("lists have their blocks' data and what is wrong with it wherever it is asked for, and read it for nothing else", async () => {
  await ask(`mutation { saveBlock(type: "json", name: "listed", data: { value: [1] }) { __typename } }`);
  const listed = async (selection: string, fragments = "") => {
    const { blocks } = await ask(`{ blocks(type: "json") { name ${selection} } } ${fragments}`);
    return blocks.find(({ name }: { name: string }) => name === "listed");
  };
  expect(await listed("type")).toEqual({ name: "listed", type: "json" });
  expect(await listed("data")).toMatchObject({ data: { value: [1] } });
  expect(await listed("issues { message }")).toMatchObject({ issues: [] });
  const named = "fragment Inner on Node { id ... on Block { held: data } }";
  expect(await listed("...Inner", named)).toMatchObject({ held: { value: [1] } });
});
