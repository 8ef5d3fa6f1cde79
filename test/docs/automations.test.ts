import { expect, it } from "vitest";
import { parse } from "yaml";
import { automationDocument } from "../../core/automation/document.ts";
import { parseAutomationDocument } from "../../core/automation/parse.ts";
import { automationWarnings } from "../../core/automation/warnings.ts";
import { blocksOf } from "./support/pages.ts";

const page = "docs/automations.md";
const files = blocksOf(page).filter(({ language }) => language === "yaml");

it("the page shows a file of every kind of trigger", () => {
  const kinds = files.map(({ text }) => parseAutomationDocument(parse(text)).trigger.type);
  expect(kinds).toEqual(["event", "event", "compound", "metric", "event"]);
});

it.each(files)("the file at line $line is valid, without a doubt, and read again as it is", ({ text }) => {
  const automation = parseAutomationDocument(parse(text));
  expect(automationWarnings(automation)).toEqual([]);
  expect(parseAutomationDocument(automationDocument(automation))).toEqual(automation);
});
