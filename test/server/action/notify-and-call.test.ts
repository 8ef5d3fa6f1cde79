import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../core/json.ts";
import { runAction } from "../../../server/action/run-action.ts";
import { deleteBlock } from "../../../server/block/delete-block.ts";
import { saveBlock } from "../../../server/block/save-block.ts";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { readAllowedAddresses } from "../../../server/outgoing/allowed-addresses.ts";
import { createOutgoing } from "../../../server/outgoing/outgoing.ts";
import { signatureHeaders } from "../../../server/outgoing/signature.ts";
import { setVariable } from "../../../server/variable/set-variable.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { acted, actionEvents, fired, storedAction, toldOf, unexpected } from "../../support/fired.ts";
import { type Receiver, startReceiver } from "../../support/receiver.ts";
import { block, reachesHere } from "../channel/support.ts";

let ctx: TestContext;
let receiver: Receiver;
beforeAll(async () => {
  ctx = await createTestContext(reachesHere);
  receiver = await startReceiver();
});
beforeEach(() => {
  receiver.received.length = 0;
});
afterAll(async () => {
  await receiver.close();
  await ctx.close();
});

const secret = `whsec_${Buffer.alloc(24, 5).toString("base64")}`;

const slack = () => block(ctx, "slack-webhook", { url: `${receiver.origin}/services/topsecret` });
const hook = (more: JsonObject = {}) => block(ctx, "webhook", { url: `${receiver.origin}/hook`, ...more });

function notify(block_document_id: string, more: JsonObject = {}): JsonObject {
  return { type: "send-notification", block_document_id, body: "Order {{ event.payload.order }}", ...more };
}

function call(block_document_id: string, more: JsonObject = {}): JsonObject {
  return { type: "call-webhook", block_document_id, ...more };
}

/** The only action run of an automation with this action that fired, carried out once. */
async function once(action: JsonObject, payload: JsonObject = {}) {
  const { runs, automationId } = await acted(ctx, [action], { payload });
  const id = runs[0] ?? "";
  return { id, automationId, run: await storedAction(ctx, id) };
}

/** Lets its next attempt be due, and makes it. */
async function tryAgain(id: string) {
  await ctx.prisma.actionRun.update({ where: { id }, data: { dueAt: null } });
  await runAction(ctx, id, unexpected);
}

describe("actions 1.5: send-notification", () => {
  it("actions 70: sends subject and body rendered; its events are related to the block and its type", async () => {
    const blockId = await slack();
    const { id, run } = await once(notify(blockId, { subject: "{{ automation.name }}!" }), { order: 7 });
    expect(run).toMatchObject({ status: "SUCCEEDED", result: { status_code: 200 } });
    const sent = JSON.parse(receiver.received[0]?.body ?? "");
    expect(sent.text).toMatch(/^\*happened-.+!\*\nOrder 7$/);
    expect(receiver.received[0]?.headers["idempotency-key"]).toBe(id);
    expect(await toldOf(ctx, id)).toEqual(["triggered", "executed"]);
    for (const { related } of await actionEvents(ctx, id))
      expect(related.slice(0, 2)).toEqual([
        {
          "prefect.resource.id": `prefect.block-document.${blockId}`,
          "prefect.resource.role": "block",
          "prefect.resource.name": expect.stringMatching(/^block-/),
        },
        {
          "prefect.resource.id": "prefect.block-type.slack-webhook",
          "prefect.resource.role": "block-type",
          "prefect.resource.name": "Slack",
        },
      ]);
  });

  it("without a subject it has one", async () => {
    await once(notify(await slack()), { order: 1 });
    expect(JSON.parse(receiver.received[0]?.body ?? "").text).toBe("*Automated notification*\nOrder 1");
  });

  it("actions 68: no block, no notification block and an invalid one are three failures, and nothing is sent", async () => {
    const unknown = ctx.newId();
    expect((await once(notify(unknown))).run).toMatchObject({
      status: "FAILED",
      error: `Unexpected status 404: no block "${unknown}"`,
      result: { status_code: 404 },
    });
    expect((await once(notify(await hook()))).run).toMatchObject({
      status: "FAILED",
      error: "The referenced block was not a notification block",
    });
    const broken = await slack();
    await ctx.prisma.block.update({ where: { id: broken }, data: { data: { colour: "red" } } });
    expect((await once(notify(broken))).run).toMatchObject({
      status: "FAILED",
      error: expect.stringMatching(/^The notification block was invalid: colour is no field/),
    });
    expect(receiver.received).toEqual([]);
  });

  it("actions 69: a channel's failure is the action's; the result has its log, and no secret", async () => {
    receiver.answers.push({ status: 403, body: "invalid_token topsecret" });
    const { id, run } = await once(notify(await slack()));
    expect(run).toMatchObject({
      status: "FAILED",
      error: `POST ${receiver.origin} answered 403: invalid_token ********`,
      result: { status_code: 403, log: [`POST ${receiver.origin}`, "answered 403: invalid_token ********"] },
    });
    const events = await actionEvents(ctx, id);
    expect(events.at(-1)?.payload).toMatchObject({
      reason: expect.stringContaining("403"),
      status_code: 403,
    });
    expect(JSON.stringify([run, events])).not.toContain("topsecret");
  });

  it("a template that cannot be rendered is a failure, without another attempt; a wrong one is not even saved", async () => {
    const { run } = await once(notify(await slack(), { body: "{{ range(event.payload.n) }}" }), { n: 101 });
    expect(run).toMatchObject({
      status: "FAILED",
      error: expect.stringContaining("Template rendering failed"),
    });
    expect((await once(notify(await slack(), { body: "{{ nothing_here }}", strict: true }))).run.status).toBe(
      "FAILED",
    );
    expect(receiver.received).toEqual([]);
    await expect(once(notify(await slack(), { body: "{{ oh" }))).rejects.toMatchObject({
      name: "InvalidInputError",
      issues: [{ path: ["actions", "0", "body"] }],
    });
  });
});

describe("actions 1.6: call-webhook", () => {
  it("calls with the rendered payload, signed, under the id of the action run", async () => {
    const blockId = await hook({ signing_secret: secret, method: "PUT", headers: { "X-Team": "ops" } });
    const { id, run } = await once(call(blockId, { payload: '{"order": {{ event.payload.order }}}' }), {
      order: 7,
    });
    expect(run).toMatchObject({ status: "SUCCEEDED", result: { status_code: 200 } });
    const [received] = receiver.received;
    if (received === undefined) throw new Error("nothing was received");
    const { method, path, headers, body } = received;
    expect([method, path, body]).toEqual(["PUT", "/hook", '{"order": 7}']);
    expect(headers).toMatchObject({
      "content-type": "application/json",
      "x-team": "ops",
      "webhook-id": id,
      "idempotency-key": id,
    });
    const timestamp = new Date(Number(headers["webhook-timestamp"]) * 1000);
    expect(headers).toMatchObject(signatureHeaders({ id, timestamp, body }, [secret]));
  });

  it("text is sent as text; what has no payload, and a GET, has no body; the block's own type goes first", async () => {
    await once(call(await hook(), { payload: "order {{ event.payload.order }}" }), { order: 7 });
    await once(call(await hook()));
    await once(call(await hook({ method: "GET" }), { payload: "x" }));
    await once(call(await hook({ method: "DELETE", allow_body: true }), { payload: "x" }));
    await once(call(await hook({ headers: { "Content-Type": "text/csv" } }), { payload: "1" }));
    expect(
      receiver.received.map(({ method, body, headers }) => [method, body, headers["content-type"]]),
    ).toEqual([
      ["POST", "order 7", "text/plain; charset=utf-8"],
      ["POST", "", undefined],
      ["GET", "", undefined],
      ["DELETE", "x", "text/plain; charset=utf-8"],
      ["POST", "1", "text/csv"],
    ]);
  });

  it("actions 71: a payload given as an object is stored as its JSON, indented by two", async () => {
    const { automationId } = await fired(ctx, [
      call(await hook(), { payload: { a: [1], b: "{{ event.id }}" } }),
    ]);
    const { definition } = await ctx.prisma.automationVersion.findFirstOrThrow({ where: { automationId } });
    expect((definition as { actions: JsonObject[] }).actions).toMatchObject([
      { payload: '{\n  "a": [\n    1\n  ],\n  "b": "{{ event.id }}"\n}' },
    ]);
  });

  it("actions 67: variables are known by name and by index, in their types", async () => {
    await setVariable(ctx, { name: "limits", value: { orders: [1, 2.5, null, true] } });
    const payload =
      "{{ variables.limits|tojson }} {{ variables['limits'].orders[1] + 1 }} {{ variables.none }}";
    await once(call(await hook(), { payload }));
    expect(receiver.received[0]?.body).toBe('{"orders":[1,2.5,null,true]} 3.5 ');
  });

  it("actions 72: the result has the answer's status, its first 1000 characters and its headers without what is secret or noise", async () => {
    const headers = {
      authorization: "Bearer x",
      via: "proxy",
      "x-forwarded-host": "a",
      "x-request-id": "r1",
    };
    receiver.answers.push({ headers, body: `${"ü".repeat(4000)}\0${"y".repeat(1000)}` });
    const { run } = await once(call(await hook()));
    const result = run.result as { status_code: number; response_body: string; response_headers: JsonObject }; // its form is looked at below
    expect(result.status_code).toBe(200);
    expect(result.response_body).toBe("ü".repeat(1000));
    expect(result.response_headers).toMatchObject({ "x-request-id": "r1" });
    for (const hidden of ["authorization", "via", "x-forwarded-host"])
      expect(result.response_headers).not.toHaveProperty(hidden);
  });

  it("actions 73: 500 twice, then 200: two retries told, one executed, the same key and the same bytes three times", async () => {
    const blockId = await hook({ signing_secret: secret });
    receiver.answers.push({ status: 500, body: "oh" }, { status: 500 });
    const { id, run } = await once(call(blockId, { payload: "{{ now }}" }));
    expect(run).toMatchObject({
      status: "PENDING",
      attempts: 1,
      error: expect.stringContaining("answered 500: oh"),
    });
    await tryAgain(id);
    await tryAgain(id);
    expect(await storedAction(ctx, id)).toMatchObject({ status: "SUCCEEDED", attempts: 3, error: null });
    expect(await toldOf(ctx, id)).toEqual(["triggered", "retrying", "retrying", "executed"]);
    expect(receiver.received).toHaveLength(3);
    const [first] = receiver.received;
    for (const { headers, body } of receiver.received) {
      expect(body).toBe(first?.body);
      expect([headers["webhook-id"], headers["idempotency-key"]]).toEqual([id, id]);
      const timestamp = new Date(Number(headers["webhook-timestamp"]) * 1000);
      expect(headers["webhook-signature"]).toBe(
        signatureHeaders({ id, timestamp, body }, [secret])["webhook-signature"],
      );
    }
  });

  it.each(["http://169.254.169.254/latest", "http://[::ffff:127.0.0.1]/", "http://internal.test/"])(
    "actions 74: %s fails at once, and nothing is connected",
    async (url) => {
      const { allowed } = readAllowedAddresses(["0.0.0.0/0", "::/0"]);
      const permissive = { ...ctx, settings: { ...ctx.settings, allowedAddresses: allowed } };
      const blockId = await saveBlock(permissive, { type: "webhook", name: ctx.newId(), data: { url } });
      const { runs } = await fired(ctx, [call(blockId)]);
      const outgoing = createOutgoing(readAllowedAddresses([]).allowed, async () => [
        { address: "169.254.169.254", family: 4 },
      ]);
      await runAction({ ...ctx, outgoing }, runs[0] ?? "", unexpected);
      expect(await storedAction(ctx, runs[0])).toMatchObject({
        status: "FAILED",
        attempts: 1,
        error: expect.stringContaining("ANTIPHON_ALLOW_PRIVATE_ADDRESSES"),
      });
    },
  );

  it("actions 74: so does a redirect there", async () => {
    receiver.answers.push({ status: 307, headers: { location: "http://169.254.169.254/" } });
    const { run } = await once(call(await hook({ follow_redirects: true })));
    expect(run).toMatchObject({ status: "FAILED", error: expect.stringContaining("169.254.169.254") });
    expect(receiver.received).toHaveLength(1);
  });

  it("a changed secret is signed with both", async () => {
    const old = `whsec_${Buffer.alloc(32, 6).toString("base64")}`;
    await once(call(await hook({ signing_secret: secret, previous_signing_secret: old }), { payload: "x" }));
    expect(receiver.received[0]?.headers["webhook-signature"]).toMatch(/^v1,\S{44} v1,\S{44}$/);
  });
});

it("actions 7.1: a block that automations use is deleted by force only", async () => {
  const id = await slack();
  const { automationId } = await fired(ctx, [notify(id)]);
  await expect(deleteBlock(ctx, { id })).rejects.toThrow(automationId);
  expect(await deleteBlock(ctx, { id, force: true })).toEqual([id]);
  expect(await deleteBlock(ctx, { id })).toEqual([]);
});

it("actions 24: a variable in the parameters of a run keeps its type", async () => {
  await setVariable(ctx, { name: "users", value: [{ id: 7 }] });
  const { id: deployment_id } = await registerDeployment(ctx, {
    deployment: { flowName: "flow", name: "main" },
  });
  const variable = (variable_name: string) => ({ __prefect_kind: "workspace_variable", variable_name });
  const run = { type: "run-deployment", deployment_id };
  const { runs } = await acted(ctx, [
    { ...run, parameters: { users: variable("users"), first: "{{ variables.users[0].id }}" } },
    { ...run, parameters: { users: variable("nobody") } },
  ]);
  expect(await storedAction(ctx, runs[0])).toMatchObject({ status: "SUCCEEDED" });
  const [started] = await ctx.prisma.flowRun.findMany({ where: { deploymentId: deployment_id } });
  expect(started?.parameters).toEqual({ users: [{ id: 7 }], first: 7 });
  expect(await storedAction(ctx, runs[1])).toMatchObject({
    status: "FAILED",
    error: expect.stringContaining("nobody"),
  });
});
