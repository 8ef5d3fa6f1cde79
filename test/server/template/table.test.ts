import { afterAll, describe, expect, it } from "vitest";
import { patientTemplates, problemOf, rendered } from "../../support/templates.ts";
import table from "./table.json" with { type: "json" };

// The texts are those of Jinja2 3.1.6, but for the rows that say in what they differ.

interface Row {
  template: string;
  expected?: string;
  error?: string;
  differs?: string;
  jinja?: string;
}

const templates = patientTemplates();
afterAll(() => templates.close());

const rows: Row[] = table.rows;
const differences = [
  "true, false and null print as JSON does",
  "lists and objects print as compact JSON",
  "whole numbers print without .0",
  "tojson keeps the order of keys, is compact and escapes nothing; tojson_html escapes",
  "nothing but data can be read",
  "attr reads keys as well",
  "pprint prints indented JSON",
  "filters give lists, never generators",
  "escape escapes each time",
  "two names over an object are key and value",
];

describe("actions 3.7: a template prints what Jinja2 prints", () => {
  it.each(rows.filter(({ differs }) => differs === undefined))(
    "$template",
    async ({ template, expected, error }) => {
      if (error === undefined) expect(await rendered(templates, template, table.context)).toBe(expected);
      else expect((await problemOf(templates, template, table.context)).message).toBe(error);
    },
  );
});

describe.each(differences)("actions 3.5: on purpose, %s", (difference) => {
  it.each(rows.filter(({ differs }) => differs === difference))(
    "$template",
    async ({ template, expected, jinja }) => {
      expect(await rendered(templates, template, table.context)).toBe(expected);
      expect(jinja).not.toBe(expected);
    },
  );
});

it("names every difference in the table, and has 150 rows and more", () => {
  expect(new Set(rows.flatMap(({ differs }) => differs ?? []))).toEqual(new Set(differences));
  expect(rows.length).toBeGreaterThanOrEqual(150);
});
