import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseAutomationDocument } from "../../core/automation/parse.ts";
import { createAutomation } from "../../server/automation/create-automation.ts";
import { saveBlock } from "../../server/block/save-block.ts";
import { registerDeployment } from "../../server/deployment/register-deployment.ts";
import { runDeployment } from "../../server/deployment/run-deployment.ts";
import { setVariable } from "../../server/variable/set-variable.ts";
import { createWebhook } from "../../server/webhook/create-webhook.ts";
import { createWorkPool } from "../../server/work-pool/create-work-pool.ts";
import { createWorkQueue } from "../../server/work-pool/create-work-queue.ts";
import { createTestContext, type TestContext } from "../support/context.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const deployment = () => ({ flowName: randomUUID(), name: "main" });
const document = () => ({
  name: randomUUID(),
  trigger: { expect: ["a"] },
  actions: [{ type: "do-nothing" }],
});
const automated = (given: object) =>
  createAutomation(ctx, parseAutomationDocument({ ...document(), ...given }));

const made: [what: string, make: (blank: string) => Promise<unknown>, path: string][] = [
  ["an automation", async (name) => automated({ name }), "name"],
  ["an automation's tag", async (tag) => automated({ tags: ["a", tag] }), "tags.1"],
  ["an automation's only tag", async (tags) => automated({ tags }), "tags"],
  [
    "a webhook",
    (name) =>
      createWebhook(ctx, { name, template: '{"event": "a", "resource": {"prefect.resource.id": "a"}}' }),
    "webhook.name",
  ],
  ["a block", (name) => saveBlock(ctx, { type: "json", name, data: { value: 1 } }), "name"],
  ["a variable", (name) => setVariable(ctx, { name, value: 1 }), "name"],
  ["a work pool", (name) => createWorkPool(ctx, { pool: { name } }), "pool.name"],
  ["a work queue", (name) => createWorkQueue(ctx, { queue: { workPool: "pool", name } }), "queue.name"],
  [
    "a flow",
    (flowName) => registerDeployment(ctx, { deployment: { ...deployment(), flowName } }),
    "deployment.flowName",
  ],
  [
    "a deployment",
    (name) => registerDeployment(ctx, { deployment: { ...deployment(), name } }),
    "deployment.name",
  ],
  [
    "a deployment's tag",
    (tag) => registerDeployment(ctx, { deployment: { ...deployment(), tags: ["a", tag] } }),
    "deployment.tags.1",
  ],
  [
    "a run's tag",
    async (tag) => {
      const { id } = await registerDeployment(ctx, { deployment: deployment() });
      return runDeployment(ctx, { deployment: id, tags: [tag] });
    },
    "tags.0",
  ],
];

describe("what has a name that nobody could see is refused, with its place and what to do", () => {
  it.each(made)("%s", async (_what, make, path) => {
    for (const blank of [" ", "\t\n", "\u00a0\u200b"]) {
      const error = await Promise.resolve()
        .then(() => make(blank))
        .then(
          () => null,
          (cause: unknown) => cause,
        );
      expect(error).toMatchObject({
        issues: [
          { path: path.split("."), message: expect.stringMatching(/not be blank: give it|must be up to/) },
        ],
      });
    }
  });

  it("what is seen is taken, in whatever script", async () => {
    for (const name of ["👩‍🚀", "نام‌ه", " padded ", "."]) await automated({ name: `${name}`, tags: [name] });
  });
});
