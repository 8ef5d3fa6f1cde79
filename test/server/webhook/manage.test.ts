import { afterAll, beforeAll, expect, it } from "vitest";
import { guideTemplate, newsOf, send, startWebhookServer } from "../../support/webhooks.ts";
import { ask, type TestServer } from "../../support/wire.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startWebhookServer({ ANTIPHON_PUBLIC_URL: "https://antiphon.example.org/base" });
});
afterAll(async () => {
  expect(server.reports).toEqual([]);
  await server.close();
});

const fields = `id name description enabled url slug template allowedMethods allowReserved rateLimit token
  auth { type header algorithm prefix encoding timestampHeader tolerance hasSecret }
  receivedCount failedCount lastReceivedAt formerUntil createdAt updatedAt
  deliveries(first: 2) {
    id method query body bytes statusCode error events { event } eventIds canReplay webhook { id }
  }`;
const shown = `__typename ... on Webhook { ${fields} }
  ... on InvalidInputError { issues { path message } } ... on Error { message }`;

interface Shown {
  __typename: string;
  id: string;
  url: string;
  slug: string;
  token: string | null;
  updatedAt: string;
  issues: { path: string[]; message: string }[];
  message: string;
}

async function call(operation: string, variables: object): Promise<Shown> {
  const { data, errors } = await ask(server.url, operation, { ...variables });
  if (errors !== undefined || data == null) throw new Error(JSON.stringify(errors));
  return Object.values(data)[0] as Shown; // as the operation asks
}
const create = (webhook: object) =>
  call(`mutation ($webhook: WebhookInput!) { createWebhook(webhook: $webhook) { ${shown} } }`, { webhook });
const update = (id: string, webhook: object) =>
  call(
    `mutation ($id: ID!, $webhook: WebhookInput!) { updateWebhook(id: $id, webhook: $webhook) { ${shown} } }`,
    {
      id,
      webhook,
    },
  );
const template = guideTemplate;

it("a webhook has a URL of its own, and tells of its life without its secrets", async () => {
  const auth = { type: "HMAC", secrets: ["a secret text"], header: "X-Sig" };
  const made = await create({
    name: "whole",
    description: "d",
    template,
    auth,
    allowedMethods: ["PUT"],
    rateLimit: 5,
  });
  expect(made).toMatchObject({
    __typename: "Webhook",
    name: "whole",
    description: "d",
    enabled: true,
    template,
    allowedMethods: ["PUT"],
    allowReserved: false,
    rateLimit: 5,
    token: null,
    url: `https://antiphon.example.org/base/hooks/${made.slug}`,
    auth: {
      type: "HMAC",
      header: "x-sig",
      algorithm: "SHA256",
      prefix: "",
      encoding: "HEX",
      timestampHeader: null,
      tolerance: 300,
      hasSecret: true,
    },
    receivedCount: 0,
    lastReceivedAt: null,
    deliveries: [],
  });
  // Left out is as it was; equal changes nothing.
  const same = await update(made.id, { name: "whole", template });
  expect(same).toEqual(made);
  const changed = await update(made.id, { name: "renamed", template, description: "e", rateLimit: null });
  expect(changed).toMatchObject({ name: "renamed", description: "e", rateLimit: null, url: made.url });
  const off = await call(
    `mutation ($id: ID!) { setWebhookEnabled(id: $id, enabled: false) { ${shown} } }`,
    made,
  );
  expect(off).toMatchObject({ enabled: false });
  const rotated = await call(
    `mutation ($id: ID!) { rotateWebhook(id: $id, graceSeconds: 60) { ${shown} } }`,
    made,
  );
  expect(rotated.slug).not.toBe(made.slug);
  expect(rotated).toMatchObject({ formerUntil: expect.any(String) });
  expect(await call("mutation ($id: ID!) { deleteWebhook(id: $id) }", made)).toEqual([made.id]);
  expect(await call("mutation ($id: ID!) { deleteWebhook(id: $id) }", made)).toEqual([]);
  const news = await newsOf(server, made);
  expect(news.map(({ event, payload }) => [event.replace("prefect.webhook.", ""), payload.changed])).toEqual([
    ["created", undefined],
    ["updated", ["name", "description", "rateLimit"]],
    ["updated", ["enabled"]],
    ["updated", ["slug"]],
    ["deleted", undefined],
  ]);
  const text = JSON.stringify(news);
  for (const secret of ["a secret text", made.slug, rotated.slug]) expect(text).not.toContain(secret);
  expect(await server.context.prisma.webhook.count()).toBe(0);
});

it("everything that is wrong is told at once, with its place", async () => {
  const refused = await create({
    name: " ",
    template: '{"event": "e", "resource": {"prefect.resource.id": "{{ body.x }", "l": "{{ a|nothing }}"}}',
    allowedMethods: ["TRACE"],
    rateLimit: 0,
    auth: { type: "STANDARD_WEBHOOKS", secrets: ["short"], header: "x", tolerance: -1 },
  });
  expect(refused.__typename).toBe("InvalidInputError");
  const at = (...path: string[]) =>
    refused.issues.find((issue) => issue.path.join() === ["webhook", ...path].join());
  expect(at("name")?.message).toContain("must not be blank");
  expect(at("allowedMethods")?.message).toContain("TRACE");
  expect(at("rateLimit")?.message).toContain("it is 0");
  expect(at("auth", "secrets")?.message).toContain("whsec_");
  expect(at("auth", "header")?.message).toContain("HMAC only");
  expect(at("auth", "tolerance")?.message).toContain("-1");
  expect(at("template", "resource", "prefect.resource.id")?.message).toMatch(/\(line 1, column \d+\)/);
  expect(at("template", "resource", "l")?.message).toContain("nothing");
  const text = await create({ name: "text", template: '{"event":\n {{ body|nothing }}}' });
  expect(text.issues).toMatchObject([
    { path: ["webhook", "template"], message: expect.stringContaining("line 2") },
  ]);
});

it("a name is taken once; what is not there is told", async () => {
  await create({ name: "taken", template });
  expect(await create({ name: "taken", template })).toMatchObject({
    __typename: "AlreadyExistsError",
    message: expect.stringContaining('"taken"'),
  });
  const other = await create({ name: "other", template });
  expect((await update(other.id, { name: "taken", template })).__typename).toBe("AlreadyExistsError");
  expect((await update(server.context.newId(), { name: "x", template })).__typename).toBe("NotFoundError");
  expect((await update("x", { name: "x", template })).__typename).toBe("NotFoundError");
  const rotate = `mutation ($id: ID!) { rotateWebhook(id: $id, graceSeconds: 90000) { ${shown} } }`;
  expect(await call(rotate, other)).toMatchObject({
    __typename: "InvalidInputError",
    message: expect.stringContaining("86400"),
  });
  const token = `mutation ($id: ID!) { rotateWebhookToken(id: $id) { ${shown} } }`;
  expect((await call(token, other)).__typename).toBe("InvalidInputError");
  const webhooks = (await call("{ webhooks { name } }", {})) as unknown as { name: string }[];
  const names = webhooks.map(({ name }) => name);
  expect(names).toEqual(names.toSorted());
  expect(names).toEqual(expect.arrayContaining(["other", "taken"]));
});

it("deliveries are shown with their events, and taken again", async () => {
  const made = await create({ name: "shown", template, auth: { type: "BEARER" } });
  const url = `${server.origin}/hooks/${made.slug}`;
  const headers = { authorization: `Bearer ${made.token}` };
  expect(await send(`${url}?q=1`, { headers, body: new URLSearchParams({ model_id: "m" }) })).toBe(204);
  expect(await send(url, {})).toBe(401);
  const read = await call(`query ($id: ID!) { webhook(id: $id) { ${fields} } }`, made);
  expect(read).toMatchObject({
    receivedCount: 1,
    failedCount: 1,
    token: null,
    deliveries: [
      { statusCode: 401, canReplay: false, error: expect.stringContaining("authorization"), body: "" },
      {
        statusCode: 204,
        canReplay: true,
        method: "POST",
        query: "q=1",
        body: "model_id=m",
        bytes: 10,
        error: null,
        events: [{ event: "model-update" }],
        webhook: { id: made.id },
      },
    ],
  });
  const [refused, accepted] = (read as unknown as { deliveries: { id: string }[] }).deliveries;
  const replay = `mutation ($id: ID!) { replayWebhookDelivery(id: $id) {
    __typename ... on WebhookDelivery { statusCode replayOf body(most: 5) } ... on Error { message } } }`;
  expect(await call(replay, { id: accepted?.id })).toEqual({
    __typename: "WebhookDelivery",
    statusCode: 204,
    replayOf: accepted?.id,
    body: "model",
  });
  expect((await call(replay, { id: refused?.id })).__typename).toBe("InvalidInputError");
  expect((await call(replay, { id: made.id })).__typename).toBe("NotFoundError");
});

it("a template is tried out, and nothing is stored", async () => {
  const preview = (template: string, request: object) =>
    call(
      `query ($template: String!, $request: WebhookRequestInput!) { previewWebhook(template: $template, request: $request) {
        __typename ... on WebhookPreview { rendered events error line column }
        ... on InvalidInputError { issues { path message } } } }`,
      { template, request },
    );
  const before = await server.context.prisma.webhookDelivery.count();
  const form = { "Content-Type": "application/x-www-form-urlencoded" };
  expect(await preview(template, { headers: form, body: "model_id=a&run_count=1" })).toMatchObject({
    __typename: "WebhookPreview",
    error: null,
    events: [
      { event: "model-update", resource: { "prefect.resource.id": "product.models.a", run_count: "1" } },
    ],
  });
  const failing = '{"event": "e", "resource": {"prefect.resource.id": "a\\n{{ body.x.y() }}"}}';
  expect(await preview(failing, { body: "{}" })).toMatchObject({
    error: expect.stringContaining("resource.prefect.resource.id"),
    events: [],
    line: 2,
  });
  expect(await preview("{{ body", {})).toMatchObject({
    __typename: "InvalidInputError",
    issues: [{ path: ["template"] }],
  });
  expect(await server.context.prisma.webhookDelivery.count()).toBe(before);
});

it("where proof is asked for, webhooks without it are closed, and none are taken", async () => {
  const strict = await startWebhookServer({ ANTIPHON_WEBHOOK_REQUIRE_AUTH: "true" });
  try {
    const { data } = await ask(
      strict.url,
      `mutation ($template: String!) {
        without: createWebhook(webhook: { name: "a", template: $template }) { __typename ... on InvalidInputError { issues { path } } }
        with: createWebhook(webhook: { name: "b", template: $template, auth: { type: BEARER } }) { ... on Webhook { id slug token } }
      }`,
      { template },
    );
    expect(data?.without).toEqual({
      __typename: "InvalidInputError",
      issues: [{ path: ["webhook", "auth"] }],
    });
    const made = data?.with as Shown;
    const url = `${strict.origin}/hooks/${made.slug}`;
    const headers = { authorization: `Bearer ${made.token}` };
    expect(await send(url, { headers })).toBe(204);
    await strict.context.prisma.webhook.update({ where: { id: made.id }, data: { auth: { type: "none" } } });
    expect(await send(url, { headers })).toBe(404);
  } finally {
    await strict.close();
  }
});
