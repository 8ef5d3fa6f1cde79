import { afterAll, expect, it } from "vitest";
import type { Json } from "../../core/json.ts";
import { LabelTree, Thing } from "../../core/template/value.ts";
import { filters } from "../../server/template/jail/filters.ts";
import { patientTemplates, rendered } from "../support/templates.ts";
import { blocksOf, textOf } from "./support/pages.ts";

const page = "docs/templates.md";
const blocks = blocksOf(page);
const templates = patientTemplates();
afterAll(() => templates.close());

const id = "0198f3a2-0000-7000-8000-000000000001";
const context = {
  event: new Thing("event", {
    id: "e",
    occurred: new Date("2026-11-21T09:30:00Z"),
    resource: new LabelTree({
      "prefect.resource.id": `prefect.flow-run.${id}`,
      "prefect.resource.name": "bold-owl",
    }),
    related: [
      new LabelTree({
        "prefect.resource.id": "prefect.flow.f",
        "prefect.resource.name": "etl",
        "prefect.resource.role": "flow",
      }),
    ],
    payload: { n: 10, ids: [3, 1, 2], user: { name: "Ada" } },
  }),
  flow: new Thing("flow", { id: "f", name: "etl" }),
  flow_run: new Thing("flow-run", {
    id,
    name: "bold-owl",
    tags: ["nightly", "sales"],
    state: { name: "Failed", message: "It broke" },
  }),
};

/** Each example with the block that follows it. */
const pairs = blocks.flatMap((block, at) => {
  const next = blocks[at + 1];
  const isExample = block.language === "jinja" || (block.language === "json" && block.text.includes("{{"));
  return isExample && next !== undefined ? [{ ...block, result: next.text }] : [];
});

it.each(pairs)(
  "the example at line $line comes to what the page says",
  async ({ language, text, result }) => {
    if (language === "jinja") {
      const made = await rendered(templates, text.replace(/\n$/, ""), context);
      expect(made.replaceAll("http://console", "http://127.0.0.1:4200")).toBe(result.replace(/\n$/, ""));
    } else expect(await templates.renderValue(JSON.parse(text) as Json, context)).toEqual(JSON.parse(result));
  },
);

it("has examples", () => expect(pairs.length).toBeGreaterThanOrEqual(5));

it("the page names every filter", () => {
  const words = new Set(textOf(page).match(/[a-z_]+/g));
  expect(Object.keys(filters).filter((name) => !words.has(name))).toEqual([]);
});
