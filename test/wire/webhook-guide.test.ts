import { afterAll, beforeAll, expect, it } from "vitest";
import type { Context } from "../../server/context.ts";
import { registerDeployment } from "../../server/deployment/register-deployment.ts";
import { type Engine, settled, startEngine } from "../support/engine.ts";
import { asOperator, guideTemplate, startWebhookServer } from "../support/webhooks.ts";
import { ask, type TestServer } from "../support/wire.ts";

let server: TestServer;
let ctx: Context;
let engine: Engine;
beforeAll(async () => {
  server = await startWebhookServer();
  ctx = asOperator(server);
  engine = await startEngine(ctx);
});
afterAll(async () => {
  await engine.close();
  await server.close();
});

it("the guide: a curl to a webhook starts a run with what it sent", async () => {
  const parameterSchema = {
    type: "object",
    properties: { model: { type: "string" }, run_count: { type: "integer" }, name: { type: "string" } },
    required: ["model", "run_count"],
  };
  const deployment = await registerDeployment(ctx, {
    deployment: { flowName: "train", name: "adhoc", parameterSchema },
  });
  const { data, errors } = await ask(
    server.url,
    `mutation ($template: String!, $document: JSON!) {
      createWebhook(webhook: { name: "models", template: $template }) {
        __typename
        ... on Webhook { id url slug enabled description template createdAt updatedAt }
      }
      applyAutomation(document: $document) { __typename ... on Automation { id } ... on Error { message } }
    }`,
    {
      template: guideTemplate,
      document: {
        name: "train what was updated",
        trigger: {
          type: "event",
          expect: ["model-update"],
          match: { "prefect.resource.id": "product.models.*" },
        },
        actions: [
          {
            type: "run-deployment",
            deployment_id: deployment.id,
            parameters: {
              model: "{{ event.payload.body.model_id }}",
              run_count: "{{ event.resource['run_count'] | int }}",
              name: "{{ event.resource.name }}",
            },
          },
        ],
      },
    },
  );
  expect(errors).toBeUndefined();
  expect(data?.applyAutomation).toMatchObject({ __typename: "Automation" });
  const webhook = data?.createWebhook as { url: string; slug: string };
  expect(webhook.slug).toMatch(/^[\w-]{22}$/);
  expect(new URL(webhook.url).pathname).toBe(`/hooks/${webhook.slug}`);

  // As curl sends -d "model_id=adhoc" -d "run_count=10" -d "friendly_name=test-user-input".
  const response = await fetch(`${server.origin}/hooks/${webhook.slug}`, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      accept: "*/*",
      "user-agent": "curl/7.88.1",
    },
    body: "model_id=adhoc&run_count=10&friendly_name=test-user-input",
  });
  expect([response.status, await response.text()]).toEqual([204, ""]);

  await settled(ctx);
  const runs = await ctx.prisma.flowRun.findMany();
  expect(runs.map(({ parameters }) => parameters)).toEqual([
    { model: "adhoc", run_count: 10, name: "test-user-input" },
  ]);
  expect(engine.reports).toEqual([]);
});
