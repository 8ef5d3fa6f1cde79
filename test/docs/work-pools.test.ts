import { expect, it } from "vitest";
import { parse } from "yaml";
import { parseAutomationDocument } from "../../core/automation/parse.ts";
import { automationWarnings } from "../../core/automation/warnings.ts";
import { processVariables } from "../../core/work-pool/process-variables.ts";
import { blocksOf, textOf } from "./support/pages.ts";

const page = "docs/work-pools.md";

it.each(blocksOf(page).filter(({ language }) => language === "yaml"))(
  "the file at line $line is valid, without a doubt",
  ({ text }) => {
    expect(automationWarnings(parseAutomationDocument(parse(text)))).toEqual([]);
  },
);

it("the page's table has every job variable", () => {
  const { properties } = processVariables as { properties: object };
  const table = textOf(page).split("## Job variables")[1]?.split("\n\nOthers")[0] ?? "";
  expect([...table.matchAll(/^\| `([a-z_]+)` \|/gm)].map(([, name]) => name)).toEqual(
    Object.keys(properties),
  );
});
