import { expect, it } from "vitest";
import { until } from "../../support/wire.ts";
import { useConsole } from "../support/console.ts";
import { holdAnswers } from "../support/page.ts";

const antiphon = useConsole();

it("actions 8.7: a webhook is made, called, and its delivery is seen live and replayed", async () => {
  const page = await antiphon.page("/webhooks");
  await page.getByRole("link", { name: "Make the first one" }).click();
  await page.waitForURL("**/webhooks/new");
  const tried = page.getByRole("region", { name: "Try it" });
  await tried.getByText('"product.models.adhoc"').waitFor();

  const template = page.getByLabel("Template");
  const good = await template.inputValue();
  await template.fill(good.replace("{{ body.model_id }}", "{{ body.model_id"));
  await page.getByRole("button", { name: /^To line 4, column \d+$/ }).waitFor();
  await page.getByRole("button", { name: "Make the webhook" }).click();
  // Who is refused is led to what is wrong.
  await page.locator("[aria-invalid=true]:focus").waitFor();
  await page
    .getByText(/line 4, column \d+/)
    .first()
    .waitFor();
  expect(page.url()).toContain("/webhooks/new");
  await template.fill(good);
  await page.getByLabel("Name", { exact: true }).fill("models");
  await page.getByRole("button", { name: "Make the webhook" }).click();
  await page.waitForURL(/\/webhooks\/[0-9a-f-]{36}$/);

  await page.getByText("Nobody has called yet.").waitFor();
  await page.getByText("Live", { exact: true }).waitFor();
  const url = /\S+\/hooks\/[\w-]{22}/.exec(
    (await page.getByText(/^http.*\/hooks\//).textContent()) ?? "",
  )?.[0];
  const call = (body: string, type: string) =>
    fetch(url ?? "", { method: "POST", headers: { "content-type": type }, body });
  const sent = await call(
    "model_id=adhoc&run_count=10&friendly_name=cat",
    "application/x-www-form-urlencoded",
  );
  expect(sent.status).toBe(204);
  const deliveries = page.getByRole("list", { name: "Deliveries" });
  await deliveries.getByRole("link", { name: "model-update" }).waitFor();
  await deliveries.getByText("Request and result").click();
  await deliveries.getByText("model_id=adhoc&run_count=10&friendly_name=cat").waitFor();
  await deliveries.getByText("product.models.adhoc").waitFor();
  expect((await call("{", "application/json")).status).toBe(400);
  await deliveries.getByText(/not valid JSON/).waitFor();

  await deliveries.getByRole("button", { name: "Replay" }).last().click();
  await deliveries.getByText("Replayed: it was accepted.").waitFor();
  await deliveries.getByRole("link", { name: "replayed" }).waitFor();
  expect(await deliveries.getByText("204", { exact: true }).count()).toBe(2);

  await page.getByRole("switch", { name: "models takes requests" }).click();
  await page.getByText("It is disabled").waitFor();
  expect((await call("model_id=1", "application/x-www-form-urlencoded")).status).toBe(404);
});

it("who goes on while a form is being refused is not led away; what is wrong is shown", async () => {
  const page = await antiphon.page("/webhooks/new");
  await page.getByLabel("Template").fill("{{ body.");
  const held = await holdAnswers(page, "mutation CreateWebhook");
  await page.getByRole("button", { name: "Make the webhook" }).click();
  await until("it is refused", () => held.count() === 1);
  const description = page.getByLabel("Description");
  await description.fill("What has ");
  held.letGo();
  await page.getByLabel("Name", { exact: true }).and(page.locator("[aria-invalid=true]")).waitFor();
  // What leads does so before the next picture.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  await page.keyboard.type("come");
  expect(await description.inputValue()).toBe("What has come");
});

it("what was turned away without being kept is counted on the webhook's page", async () => {
  const { createWebhook } = await antiphon.ask(
    `mutation ($webhook: WebhookInput!) { createWebhook(webhook: $webhook) { ... on Webhook { id url } } }`,
    {
      webhook: {
        name: "only posts",
        allowedMethods: ["POST"],
        template: '{"event": "x", "resource": {"prefect.resource.id": "y"}}',
      },
    },
  );
  const { id, url } = createWebhook as { id: string; url: string }; // what the document asks for
  for (const method of ["GET", "PUT"]) expect((await fetch(url, { method })).status).toBe(405);
  await until("both are counted", async () => {
    const { webhook } = await antiphon.ask("query ($id: ID!) { webhook(id: $id) { refusedByMethod } }", {
      id,
    });
    return (webhook as { refusedByMethod: number }).refusedByMethod === 2; // what the document asks for
  });
  const page = await antiphon.page(`/webhooks/${id}`);
  await page.getByText("No request was kept yet.").waitFor();
  await page.getByText("Turned away, and not kept: 2 by a method that is not allowed.").waitFor();
});

it("the token of a webhook is shown once; a new URL is given after asking, and shown when the dialog is gone", async () => {
  const page = await antiphon.page("/webhooks/new");
  await page.getByLabel("Name", { exact: true }).fill("guarded");
  await page.getByLabel("Authentication").selectOption({ label: "GitHub" });
  await page.getByRole("button", { name: "Make the webhook" }).click();
  await page
    .getByText(/secret/i)
    .first()
    .waitFor();
  await page.getByLabel("Authentication").selectOption({ label: "Bearer token" });
  await page.getByRole("button", { name: "Make the webhook" }).click();
  const shown = page.getByRole("status", { name: "The token" });
  const token = (await shown.locator("code").first().textContent()) ?? "";
  await shown.getByRole("link", { name: "To the webhook" }).click();
  await page.waitForURL(/\/webhooks\/[0-9a-f-]{36}$/);
  const address = page.getByText(/^http.*\/hooks\//).first();
  const before = (await address.textContent()) ?? "";
  const get = (url: string) => fetch(url, { headers: { authorization: `Bearer ${token}` } });
  expect((await fetch(before)).status).toBe(401);
  expect((await get(before)).status).not.toBe(401);

  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Rotate the URL" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Give guarded a new URL?" });
  const held = await holdAnswers(page, "query WebhookPage");
  await get(before);
  await until("the page reads what it was before", () => held.count() > 0);
  await dialog.getByRole("button", { name: "Rotate the URL" }).click();
  await until("it has a new one", async () => (await get(before)).status === 404);
  expect(await dialog.isVisible()).toBe(true);
  held.letGo();
  await dialog.waitFor({ state: "detached" });
  expect(await address.textContent()).not.toBe(before);
});

it.each([380, 1440])("fits a window %i wide, light and dark", async (width) => {
  const { createWebhook } = await antiphon.ask(
    `mutation ($webhook: WebhookInput!) { createWebhook(webhook: $webhook) { ... on Webhook { id url } } }`,
    {
      webhook: {
        name: `w-${width}-${"x".repeat(60)}`,
        template: `{"event": "long.${"y".repeat(80)}", "resource": {"prefect.resource.id": "z"}}`,
      },
    },
  );
  const { id, url } = createWebhook as { id: string; url: string }; // what the document asks for
  await fetch(url, { method: "POST", body: "q".repeat(300) });
  for (const path of ["/webhooks", `/webhooks/${id}`, `/webhooks/${id}/edit`]) {
    const page = await antiphon.page(path, { width, dark: width < 1000 });
    await page.getByText("Live", { exact: true }).waitFor();
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    ).toBeLessThanOrEqual(0);
    await page.close();
  }
});
