import { expect, it } from "vitest";
import { fuzzTemplates } from "../../support/fuzz-templates.ts";
import { patientTemplates } from "../../support/templates.ts";

it("no template at random breaks out, passes a limit or changes the next one", {
  timeout: 240_000,
}, async () => {
  const seed = Math.floor(Math.random() * 2 ** 32);
  console.log(`templates from the seed ${seed}; npm run fuzz -- 3000 ${seed} repeats them`);
  const templates = patientTemplates();
  try {
    const report = await fuzzTemplates(templates, 3_000, seed);
    expect(report.wrong).toEqual([]);
    expect(report.rendered).toBeGreaterThan(100);
    expect(report.refused).toBeGreaterThan(100);
  } finally {
    await templates.close();
  }
});
