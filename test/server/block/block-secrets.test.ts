import sql from "sql-template-tag";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBlock } from "../../../server/block/open-block.ts";
import { saveBlock } from "../../../server/block/save-block.ts";
import { createSecrets } from "../../../server/secret/secrets.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const mask = "********";
const url = "https://hooks.example.org/topsecret";
const signing_secret = `whsec_${Buffer.alloc(24, 1).toString("base64")}`;

let names = 0;
function named() {
  names += 1;
  return { type: "webhook", name: `hook-${names}`, overwrite: true };
}

/** What the database holds of it, and what it is when it is used. */
async function stored(id: string) {
  const { data, secrets } = await ctx.prisma.block.findUniqueOrThrow({ where: { id } });
  const opened = await openBlock(ctx, ctx.db, id);
  return { data, secrets, used: opened?.document.ok ? opened.document.data : opened?.document };
}

it("a secret is stored encrypted, and shown as a mask, also in each header", async () => {
  const headers = { authorization: "Bearer topsecret", "x-team": "topsecret-too" };
  const id = await saveBlock(ctx, { ...named(), data: { url, headers, signing_secret } });
  const { data, secrets, used } = await stored(id);
  expect(data).toMatchObject({
    url: mask,
    headers: { authorization: mask, "x-team": mask },
    signing_secret: mask,
    method: "POST",
  });
  expect(used).toMatchObject({ url, headers, signing_secret });
  const [row] = await ctx.db.query<{ all: string }>(
    sql`SELECT row_to_json(b)::text AS all FROM block b WHERE id = ${id}::uuid`,
  );
  expect(row?.all).not.toMatch(/topsecret|whsec_|hooks\.example/);
  expect(secrets).toMatch(/^v1\./);
});

it("a secret that is left out, or sent as its mask, stays; null takes it away; headers that are left out go", async () => {
  const block = named();
  const headers = { authorization: "one", "x-old": "two" };
  const id = await saveBlock(ctx, { ...block, data: { url, headers, signing_secret } });
  await saveBlock(ctx, { ...block, data: { method: "PUT" } });
  expect((await stored(id)).used).toMatchObject({ url, headers, signing_secret, method: "PUT" });
  await saveBlock(ctx, {
    ...block,
    data: { url: mask, headers: { authorization: mask, "x-new": "three" }, signing_secret: null },
  });
  const { data, used } = await stored(id);
  expect(used).toMatchObject({ url, headers: { authorization: "one", "x-new": "three" }, method: "POST" });
  expect(used).not.toHaveProperty("signing_secret");
  expect(data).not.toHaveProperty("signing_secret");
  expect((used as { headers: object }).headers).not.toHaveProperty("x-old");
  expect(await saveBlock(ctx, { ...block, data: { url: "https://new.example.org" } })).toBe(id);
  expect((await stored(id)).used).toMatchObject({ url: "https://new.example.org" });
});

it("a mask that stands for nothing is refused, and no refusal repeats a secret", async () => {
  const block = named();
  await expect(saveBlock(ctx, { ...block, data: { url: mask, headers: { a: mask } } })).rejects.toMatchObject(
    {
      name: "InvalidInputError",
      issues: [
        { path: ["data", "url"], message: expect.stringContaining("there is none") },
        { path: ["data", "headers", "a"], message: expect.stringContaining("there is none") },
      ],
    },
  );
  const wrong = saveBlock(ctx, { ...block, data: { url: "topsecret", signing_secret: "topsecret" } });
  await expect(wrong).rejects.toThrow(/data\.url: must be a URL/);
  await expect(wrong).rejects.not.toThrow(/topsecret/);
});

it("without overwrite a taken name is refused, and the secret that is there stays", async () => {
  const block = named();
  const id = await saveBlock(ctx, { ...block, data: { url } });
  const again = saveBlock(ctx, { ...block, overwrite: false, data: { url: "https://other.example.org" } });
  await expect(again).rejects.toMatchObject({ name: "AlreadyExistsError" });
  expect((await stored(id)).used).toMatchObject({ url });
});

it("secrets of another key are told as such; they can be replaced, all of them, but not kept", async () => {
  const block = named();
  const id = await saveBlock(ctx, { ...block, data: { url, signing_secret } });
  const elsewhere = { ...ctx, secrets: createSecrets(new Uint8Array(32).fill(9), "") };
  expect((await openBlock(elsewhere, ctx.db, id))?.document).toMatchObject({
    ok: false,
    reason: expect.stringContaining("ANTIPHON_SECRET_KEY"),
  });
  await expect(saveBlock(elsewhere, { ...block, data: { url } })).rejects.toThrow(/ANTIPHON_SECRET_KEY/);
  const all = { url, signing_secret: null, previous_signing_secret: null, headers: {} };
  expect(await saveBlock(elsewhere, { ...block, data: all })).toBe(id);
  expect((await openBlock(elsewhere, ctx.db, id))?.document).toMatchObject({ ok: true, data: { url } });
});

it("a private address is refused when it is saved, unless it is allowed", async () => {
  const data = { url: "http://127.0.0.1:9000/hook" };
  await expect(saveBlock(ctx, { ...named(), data })).rejects.toMatchObject({
    issues: [{ path: ["data", "url"], message: expect.stringContaining("ANTIPHON_ALLOW_PRIVATE_ADDRESSES") }],
  });
});

it("names are small letters, digits and dashes; those of JSON blocks any text; types are the known ones", async () => {
  await expect(saveBlock(ctx, { type: "webhook", name: "Ops channel", data: { url } })).rejects.toMatchObject(
    {
      issues: [{ path: ["name"], message: expect.stringContaining('"Ops channel"') }],
    },
  );
  await saveBlock(ctx, { type: "json", name: "Any Name / at all", data: { value: 1 } });
  await expect(saveBlock(ctx, { type: "slack", name: "a", data: 3 })).rejects.toMatchObject({
    issues: [
      { path: ["type"], message: expect.stringContaining('"slack-webhook"') },
      { path: ["data"], message: "must be an object" },
    ],
  });
});
