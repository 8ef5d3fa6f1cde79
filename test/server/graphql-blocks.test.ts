import { afterAll, beforeAll, expect, it } from "vitest";
import { schema } from "../../server/graphql/schema.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import { startTestServer, type TestServer } from "../support/wire.ts";

let server: TestServer;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
  server = await startTestServer({ schema, env: { ANTIPHON_ALLOW_PRIVATE_ADDRESSES: "127.0.0.1" } });
});
afterAll(async () => {
  await server.close();
  await receiver.close();
});

/** The data of an operation; it must not have errors. */
async function ask(query: string, variables: object = {}) {
  const response = await fetch(server.url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  expect(errors).toBeUndefined();
  return data;
}

const save = `mutation ($type: String!, $name: String!, $data: JSON!, $overwrite: Boolean) {
  saveBlock(type: $type, name: $name, data: $data, overwrite: $overwrite) {
    __typename
    ... on Block { id data }
    ... on InvalidInputError { issues { path message } }
  }
}`;

const test = `mutation ($id: ID!) {
  testBlock(id: $id) {
    __typename
    ... on BlockTest { ok reason log result }
    ... on Error { message }
  }
}`;

it("the types of blocks say what they are for and what goes into them", async () => {
  const { blockTypes } = await ask("{ blockTypes { slug name description capabilities schema } }");
  expect(
    blockTypes.map((type: { slug: string; capabilities: string[] }) => [type.slug, type.capabilities]),
  ).toEqual([
    ["slack-webhook", ["NOTIFY"]],
    ["slack-token", ["NOTIFY"]],
    ["ms-teams-webhook", ["NOTIFY"]],
    ["discord-webhook", ["NOTIFY"]],
    ["mattermost-webhook", ["NOTIFY"]],
    ["email", ["NOTIFY"]],
    ["sendgrid-email", ["NOTIFY"]],
    ["twilio-sms", ["NOTIFY"]],
    ["pager-duty-webhook", ["NOTIFY"]],
    ["opsgenie-webhook", ["NOTIFY"]],
    ["custom-webhook", ["NOTIFY"]],
    ["webhook", ["CALL"]],
    ["json", []],
  ]);
  expect(blockTypes[0].schema).toMatchObject({
    type: "object",
    properties: { url: { type: "string", title: "Webhook URL", writeOnly: true, format: "password" } },
    required: ["url"],
    additionalProperties: false,
  });
});

it("a block is tried out by one message that says it is a test; no answer of the API has its secret", async () => {
  const url = `${receiver.origin}/services/topsecret`;
  const { saveBlock } = await ask(save, { type: "slack-webhook", name: "ops", data: { url } });
  expect(saveBlock).toMatchObject({ __typename: "Block", data: { url: "********" } });
  receiver.answers.push({ body: "ok" });
  expect(await ask(test, { id: saveBlock.id })).toEqual({
    testBlock: {
      __typename: "BlockTest",
      ok: true,
      reason: null,
      log: [`POST ${receiver.origin}`, "answered 200: ok"],
      result: { status_code: 200 },
    },
  });
  expect(JSON.parse(receiver.received[0]?.body ?? "").text).toContain("*Test notification*");
  receiver.answers.push({ status: 410, body: "topsecret is gone" });
  const failed = await ask(test, { id: saveBlock.id });
  expect(failed.testBlock).toMatchObject({ ok: false, reason: expect.stringContaining("answered 410") });
  const all = await ask("{ blocks { name type data } }");
  expect(JSON.stringify([failed, all])).not.toContain("topsecret");
});

it("a webhook is tried out by a call; what sends nothing is told, and what is not there", async () => {
  const hook = await ask(save, { type: "webhook", name: "hook", data: { url: receiver.origin } });
  expect((await ask(test, { id: hook.saveBlock.id })).testBlock).toMatchObject({ ok: true });
  expect(JSON.parse(receiver.received.at(-1)?.body ?? "")).toMatchObject({
    type: "antiphon.test",
    block: "hook",
  });
  const json = await ask(save, { type: "json", name: "list", data: { value: [] } });
  expect((await ask(test, { id: json.saveBlock.id })).testBlock.__typename).toBe("InvalidInputError");
  expect((await ask(test, { id: "nothing" })).testBlock.__typename).toBe("NotFoundError");
});

it("all that is wrong with a block is told with its place", async () => {
  const wrong = { type: "email", name: "mail", data: { host: "", to: "me", port: "25" } };
  const { saveBlock } = await ask(save, wrong);
  expect(saveBlock.issues.map(({ path }: { path: string[] }) => path.join("."))).toEqual([
    "data.host",
    "data.port",
    "data.from",
    "data.to",
  ]);
});
