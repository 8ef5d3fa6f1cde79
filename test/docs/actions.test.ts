import { expect, it } from "vitest";
import { parse } from "yaml";
import { actionKinds, actionTypes } from "../../core/automation/action-kinds.ts";
import { automationDocument } from "../../core/automation/document.ts";
import { parseAutomationDocument } from "../../core/automation/parse.ts";
import { automationWarnings } from "../../core/automation/warnings.ts";
import { blocksOf, textOf } from "./support/pages.ts";

const page = "docs/actions.md";
const files = blocksOf(page).filter(({ language }) => language === "yaml");

it.each(files)("the file at line $line is valid, without a doubt, and read again as it is", ({ text }) => {
  const automation = parseAutomationDocument(parse(text));
  expect(automationWarnings(automation)).toEqual([]);
  expect(parseAutomationDocument(automationDocument(automation))).toEqual(automation);
});

/** The rows of the page's table of types: the types, and their fields besides the target. */
const rows = [...textOf(page).matchAll(/^\| ((?:`[a-z]+-[a-z-]+`(?:, )?)+) \|([^|]*)\|/gm)].map(
  ([, types = "", fields = ""]) => ({ types: codes(types), fields: codes(fields) }),
);

function codes(cell: string): string[] {
  return [...cell.matchAll(/`([a-z_-]+)`/g)].map(([, code = ""]) => code);
}

it("the page's table has every type of action, and no other", () => {
  expect(rows.flatMap(({ types }) => types).sort()).toEqual([...actionTypes].sort());
});

it("the page's table has every field of an action besides its target", () => {
  const targets = [
    "source",
    "deployment_id",
    "work_pool_id",
    "work_queue_id",
    "flow_run_id",
    "automation_id",
  ];
  for (const { types, fields } of rows) {
    for (const type of types) {
      const known = actionTypes.find((one) => one === type);
      const all = known === undefined ? [] : actionKinds[known].fields;
      expect(fields, type).toEqual(all.filter((field) => !targets.includes(field)));
    }
  }
});
