import { afterAll, describe, expect, it } from "vitest";
import { patientTemplates, rendered } from "../../support/templates.ts";
import rows from "./strftime.json" with { type: "json" };

// Date, directive, and what Python 3.11 prints in the locale C.

const templates = patientTemplates();
afterAll(() => templates.close());

const dates = [...new Set(rows.map(([date]) => date))];

describe("actions 3.5: dates are written as Python writes them", () => {
  it.each(dates)("%s", async (date) => {
    const of = rows.filter(([one]) => one === date);
    const source = `{% for d in directives %}{{ d }}={{ date|strftime(d) }}\u0001{% endfor %}`;
    const context = { date: date ?? "", directives: of.map(([, directive]) => directive ?? "") };
    const expected = of.map(([, directive, text]) => `${directive}=${text}\u0001`).join("");
    expect(await rendered(templates, source, context)).toBe(expected);
  });

  it("by their method too; what is no directive stays", async () => {
    const context = { date: new Date("2026-11-22T00:30:00Z") };
    expect(await rendered(templates, "{{ date.strftime('%U|%W|%p') }}", context)).toBe("47|46|AM");
    expect(await rendered(templates, "{{ date.strftime('%Q %5d 100%') }}", context)).toBe("%Q %5d 100%");
    expect(await rendered(templates, "{{ date.strftime('%constructor') }}", context)).toContain("onstructor");
  });
});
