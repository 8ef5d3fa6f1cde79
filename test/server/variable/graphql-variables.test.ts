import { afterAll, beforeAll, expect, it } from "vitest";
import { emitEvent } from "../../../server/event/emit-event.ts";
import { ask } from "../../support/ask.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const set = `mutation ($value: JSON, $secret: Boolean) {
  setVariable(name: "token", value: $value, secret: $secret) {
    __typename
    ... on Variable { name value secret }
    ... on InvalidInputError { issues { path message } }
  }
}`;

it("actions 3.3: a secret variable is masked in every answer, and no preview is rendered with it", async () => {
  const masked = { name: "token", value: "********", secret: true };
  const { id } = await emitEvent(ctx, { event: "a", resource: { "prefect.resource.id": "a" } });
  const preview = `{ previewTemplate(eventId: "${id}", template: "[{{ variables.token.key }}]{{ variables }}") {
    __typename ... on TemplatePreview { text } } }`;
  const answers = [
    await ask(ctx, set, { value: { key: "s3cret" }, secret: true }),
    await ask(ctx, set),
    await ask(ctx, `{ variable(name: "token") { name value secret } }`),
    await ask(ctx, `{ variables { name value secret } }`),
    await ask(ctx, preview),
    await ask(ctx, set, { secret: false }),
  ];
  expect(answers).toMatchObject([
    { data: { setVariable: masked } },
    { data: { setVariable: masked } },
    { data: { variable: masked } },
    { data: { variables: [masked] } },
    { data: { previewTemplate: { text: "[]{}" } } },
    { data: { setVariable: { __typename: "InvalidInputError", issues: [{ path: ["value"] }] } } },
  ]);
  expect(JSON.stringify(answers)).not.toContain("s3cret");
});
