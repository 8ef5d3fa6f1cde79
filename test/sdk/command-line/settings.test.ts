import sql from "sql-template-tag";
import { afterAll, beforeAll, expect, it } from "vitest";
import { JsonBlock } from "../../../sdk/index.ts";
import { type Receiver, startReceiver } from "../../support/receiver.ts";
import { useAntiphon } from "../support/antiphon.ts";
import { antiphonCommand, type Ended } from "../support/command.ts";
import { inRun } from "../support/in-run.ts";
import { runHere } from "../support/run-here.ts";

const antiphon = useAntiphon({ ANTIPHON_ALLOW_PRIVATE_ADDRESSES: "127.0.0.1" });
let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.close());

function run(...args: string[]): Promise<Ended> {
  return runHere(args);
}

async function json(...args: string[]): Promise<unknown> {
  return JSON.parse((await run(...args, "--json")).out);
}

it("variables keep the type of what is JSON, and take anything else as text", async () => {
  expect((await run("variable", "ls")).out).toContain("There are no variables yet");
  for (const [given, value] of [
    ["10", 10],
    ['{"name": "Ada"}', { name: "Ada" }],
    ["plain words", "plain words"],
    ["null", null],
  ] as const) {
    expect((await run("variable", "set", "it", given)).out).toBe(`it is ${JSON.stringify(value)}.\n`);
    expect(await json("variable", "get", "it")).toMatchObject({ name: "it", value });
  }
  await run("variable", "set", "it", "--text", "10");
  expect((await run("variable", "get", "it")).out).toBe("10\n");
  expect(await json("variable", "ls")).toMatchObject([{ name: "it", value: "10" }]);
  const piped = await antiphonCommand(["variable", "set", "piped", "-"], { input: "[1, 2]" });
  expect(piped.out).toBe("piped is [1,2].\n");
});

it("actions 3.3: a secret variable is set from a pipe, and shown nowhere", async () => {
  const secret = ["variable", "set", "token", "-", "--secret"];
  const set = await antiphonCommand(secret, { input: "s3cret 1\n" });
  expect(set).toMatchObject({ code: 0, out: "token is set, and secret.\n" });
  const again = await antiphonCommand([...secret, "--json"], { input: "12345" });
  const outs = [set, again];
  for (const args of [["get", "token"], ["ls"]]) {
    outs.push(await run("variable", ...args));
    expect(outs.at(-1)?.out).toContain("******** (secret)");
    outs.push(await run("variable", ...args, "--json"));
  }
  outs.push(await run("variable", "set", "token", "--secret", "--json"));
  for (const { code, out, err } of outs) {
    expect(code).toBe(0);
    expect(out + err).not.toMatch(/s3cret|12345/);
  }
  const shown = JSON.parse(outs.at(-1)?.out ?? "");
  expect(shown).toMatchObject({ name: "token", secret: true });
  expect(shown).not.toHaveProperty("value");
  expect(await json("variable", "ls")).toContainEqual(shown);
});

it("actions 3.3: a variable stays secret until it is plain with a new value", async () => {
  expect(await json("variable", "set", "token", "s3cret 2")).toMatchObject({ secret: true });
  const { code, out, err } = await run("variable", "set", "token", "********", "--no-secret");
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toContain("new value");
  expect((await run("variable", "set", "token", "--no-secret")).err).toContain("give the value");
  expect((await run("variable", "set", "token", "open", "--no-secret")).out).toBe('token is "open".\n');
  expect((await run("variable", "set", "token", "--secret")).out).toBe("token is set, and secret.\n");
  expect(await run("variable", "set", "nothing", "--secret")).toMatchObject({ code: 1 });
  expect((await antiphonCommand(["variable", "set", "token", "-", "--secret"], { input: "\n" })).code).toBe(
    2,
  );
  expect(await run("variable", "delete", "token")).toMatchObject({ code: 0 });
});

it("what is wrong with a variable is said", async () => {
  for (const [args, code, says] of [
    [["set", "no name!", "1"], 1, 'the variable "no name!"'],
    [["set", "it"], 2, "give the value"],
    [["set", "it", "1", "--text", "1"], 2, "one of the two"],
    [["get", "nothing"], 1, 'there is no variable "nothing"'],
  ] as const) {
    const ended = await run("variable", ...args);
    expect(ended).toMatchObject({ code, out: "" });
    expect(ended.err).toContain(says);
  }
  expect(await run("variable", "delete", "it", "nothing")).toMatchObject({ code: 1, out: "Deleted it.\n" });
  const deleted = await run("variable", "delete", "it", "piped", "--json");
  expect(JSON.parse(deleted.out)).toEqual([{ kept: "it" }, { deleted: "piped" }]);
});

it("a block is saved from options, its secret from a pipe, and the secret is shown nowhere", async () => {
  expect((await run("block", "ls")).out).toContain("There are no blocks yet");
  const url = `${receiver.origin}/hook/s3cret`;
  const save = ["block", "save", "webhook/orders", "--set", "method=POST", "--secret", "url"];
  const saved = await antiphonCommand([...save, "--json"], { input: `${url}\n` });
  expect(saved.code).toBe(0);
  expect(JSON.parse(saved.out)).toMatchObject({ type: "webhook", name: "orders", data: { url: "********" } });
  const again = await antiphonCommand(save, { input: url });
  expect(again).toMatchObject({ code: 1, out: "" });
  expect(again.err).toContain("--overwrite changes it");
  const changed = await run("block", "save", "webhook/orders", "--set", "timeout=5", "--overwrite");
  expect(changed.code).toBe(0);
  const shown = await run("block", "inspect", "webhook/orders");
  expect(shown.out).toMatch(/method: POST/);
  expect(shown.out).toMatch(/timeout: 5/);
  const all = [saved, again, changed, shown, await run("block", "ls", "--type", "webhook")];
  for (const { out, err } of all) expect(out + err).not.toContain("s3cret");
  expect(all.at(-1)?.out).toMatch(/webhook\/orders/);
});

it("a block is tried out, and what came of it is told", async () => {
  receiver.answers.push({ status: 204 }, { status: 403, body: "no" });
  const taken = await run("block", "test", "webhook/orders");
  expect(taken).toMatchObject({ code: 0 });
  expect(taken.out).toMatch(/webhook\/orders was taken\.\n$/);
  expect(receiver.received).toMatchObject([{ method: "POST", path: "/hook/s3cret" }]);
  const refused = await run("block", "test", "webhook/orders", "--json");
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.out)).toMatchObject({ ok: false });
  expect(refused.err).toContain("webhook/orders was not taken: ");
});

it("types of blocks are listed with what they take", async () => {
  const types = await run("block", "types");
  expect(types.out).toMatch(/^slack-webhook +notify /m);
  const one = await run("block", "types", "webhook");
  expect(one.out).toMatch(/^url \* +a secret/m);
  expect(one.out).toMatch(/^method +one of GET, POST/m);
  expect((await run("block", "types", "slak-webhook")).err).toContain('did you mean "slack-webhook"?');
});

it("what is wrong with a block is said, with its field", async () => {
  for (const [args, code, says] of [
    [["save", "orders"], 2, "give TYPE/NAME"],
    [["save", "pigeon/orders"], 1, 'there is no type of block "pigeon"'],
    [["save", "webhook/other", "--set", "colour=red"], 2, "colour: is no field here; there are"],
    [["save", "webhook/other", "--set", "timeout=long"], 2, "timeout: must be a number"],
    [["save", "webhook/other"], 1, "url"],
    [["inspect", "webhook/other"], 1, 'there is no block "webhook/other"'],
  ] as const) {
    const ended = await run("block", ...args);
    expect(ended).toMatchObject({ code, out: "" });
    expect(ended.err).toContain(says);
  }
  const silent = await antiphonCommand(["block", "save", "webhook/other", "--secret", "url"]);
  expect(silent).toMatchObject({ code: 2, out: "" });
  expect(silent.err).toContain("no line for --secret url");
});

it("actions 7.1: how long a JSON document lives is said when it is saved, and shown", async () => {
  const save = (...args: string[]) => run("block", "save", "json/seen", "--set", "value=[]", ...args);
  expect((await save("--ttl", "3600")).code).toBe(0);
  expect(await json("block", "inspect", "json/seen")).toMatchObject({
    ttl: 3600,
    ownerRun: null,
    issues: [],
  });
  expect((await run("block", "inspect", "json/seen")).out).toMatch(/^Expires +2.*, 1 h after it was saved$/m);
  expect((await run("block", "ls")).out).toMatch(/^BLOCK +SAVED +EXPIRES +ID/m);
  expect((await save("--overwrite")).code).toBe(0);
  expect(await json("block", "inspect", "json/seen")).toMatchObject({ ttl: 3600 });
  expect((await save("--overwrite", "--ttl", "none")).code).toBe(0);
  expect((await run("block", "inspect", "json/seen")).out).not.toContain("Expires");
  expect((await save("--overwrite", "--ttl", "soon")).err).toContain("--ttl");
  const other = await run("block", "save", "webhook/orders", "--overwrite", "--ttl", "60");
  expect(other).toMatchObject({ code: 1, out: "" });
  expect(other.err).toContain("only json blocks expire");
});

it("actions 7.1: the run that a document goes with is shown", async () => {
  const id = await inRun("owner", async (flowRunId) => {
    await new JsonBlock(1).save("owned", { ownedByRun: true });
    return flowRunId;
  });
  expect((await run("block", "inspect", "json/owned")).out).toMatch(
    new RegExp(`^Owner +run \\S+ \\(${id}\\), with which it is deleted$`, "m"),
  );
});

it("actions 7.1: what a block lacks by now is said", async () => {
  const url = `${receiver.origin}/older`;
  await antiphonCommand(
    ["block", "save", "custom-webhook/older", "--secret", "secrets.token", "--set", `url=${url}`],
    {
      input: "s3cret",
    },
  );
  await antiphon.context?.db.query(
    sql`UPDATE block SET data = (data::jsonb - 'url')::json WHERE name = 'older'`,
  );
  const shown = await run("block", "inspect", "custom-webhook/older");
  expect(shown.out).toMatch(/^Problems +url:? is required$/m);
});

it("a block that automations use stays, unless it must go", async () => {
  const { id } = (await json("block", "inspect", "webhook/orders")) as { id: string };
  const uses = { name: "calls", trigger: {}, actions: [{ type: "call-webhook", block_document_id: id }] };
  expect((await run("automation", "create", "-j", JSON.stringify(uses))).code).toBe(0);
  const kept = await run("block", "delete", "webhook/orders");
  expect(kept.code).toBe(1);
  expect(kept.err).toContain('"calls"');
  expect((await run("block", "delete", "webhook/orders", "--force")).out).toBe(
    `Deleted webhook/orders (${id}).\n`,
  );
  expect((await run("automation", "ls")).out).toMatch(/call webhook \S+ \(broken\)/);
  expect((await run("automation", "inspect", "calls")).err).toContain(id);
});
