import { afterAll, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { parseAutomationDocument } from "../../core/automation/parse.ts";
import { shapeIssues } from "../../core/webhook/check-template.ts";
import { webhookMethods } from "../../core/webhook/method.ts";
import { readTemplate } from "../../core/webhook/template.ts";
import type { Context } from "../../server/context.ts";
import { renderRequest } from "../../server/webhook/render.ts";
import { patientTemplates } from "../support/templates.ts";
import { guideTemplate } from "../support/webhooks.ts";
import { blocksOf, textOf } from "./support/pages.ts";

const page = "docs/webhooks.md";
const blocks = blocksOf(page);
const templates = patientTemplates();
afterAll(() => templates.close());

const ctx = { templates, newId: () => "01890000-0000-7000-8000-000000000001" } as unknown as Context; // all that rendering asks for

function render(template: string, body: string, headers: Record<string, string>) {
  const webhook = { id: "w", name: "w", template, auth: { type: "none" }, allowReserved: false } as const;
  return renderRequest(
    ctx,
    webhook,
    { method: "POST", query: "", headers, body: Buffer.from(body) },
    new Date(),
  );
}

it("the template of the page is the guide's, and makes what the page says", async () => {
  const template = blocks.find(({ language }) => language === "json")?.text ?? "";
  expect(JSON.stringify(JSON.parse(template)).replaceAll(" ", "")).toBe(
    JSON.stringify(JSON.parse(guideTemplate)).replaceAll(" ", ""),
  );
  const curl = blocks.find(({ text }) => text.startsWith("curl"))?.text ?? "";
  const form = [...curl.matchAll(/-d "([^"]+)"/g)].map(([, field]) => field).join("&");
  const { events, failure } = await render(template, form, {
    "content-type": "application/x-www-form-urlencoded",
  });
  expect(failure).toBeNull();
  expect(events).toMatchObject([
    { event: "model-update", resource: { "prefect.resource.id": "product.models.adhoc", run_count: "10" } },
  ]);
});

it("the templates of text mode are such, and make events", async () => {
  const [orders = "", cloud = "", ...more] = blocks
    .filter(({ language }) => language === "jinja")
    .map(({ text }) => text);
  expect(more).toEqual([]);
  for (const source of [orders, cloud]) {
    expect(readTemplate(source).mode).toBe("text");
    expect(shapeIssues(source, false)).toEqual([]);
  }
  const json = { "content-type": "application/json" };
  const made = await render(orders, '{"action": "paid", "order": {"id": 7}}', json);
  expect(made).toMatchObject({
    failure: null,
    events: [
      { event: "order.paid", resource: { "prefect.resource.id": "order.7" }, payload: { action: "paid" } },
    ],
  });
  // As the page warns.
  const id = "01890000-0000-7000-8000-00000000000f";
  const forged = await render(orders, JSON.stringify({ action: `x", "id": "${id}`, order: { id: 7 } }), json);
  expect(forged.events).toMatchObject([{ id }]);
  const event = '{"specversion": "1.0", "type": "t", "source": "s", "id": "1"}';
  expect((await render(cloud, event, json)).events).toMatchObject([{ event: "t" }]);
});

it("the automation of the page can be saved", () => {
  const yaml = blocks.filter(({ language }) => language === "yaml");
  expect(yaml).toHaveLength(1);
  for (const { text } of yaml) expect(parseAutomationDocument(parseYaml(text)).name).toBe("run the model");
});

it("the page names every method and every status", () => {
  for (const word of [...webhookMethods, "204", "200", "400", "401", "404", "405", "413", "429", "503"])
    expect(textOf(page)).toContain(word);
});
