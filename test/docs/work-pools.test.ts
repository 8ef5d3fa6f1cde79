import { expect, it } from "vitest";
import { parse } from "yaml";
import { parseAutomationDocument } from "../../core/automation/parse.ts";
import { automationWarnings } from "../../core/automation/warnings.ts";
import { processVariables } from "../../core/work-pool/process-variables.ts";
import { program } from "../../sdk/cli/program.ts";
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

it("every command of the page is one, with the options that it has", () => {
  const lines = blocksOf(page)
    .filter(({ language }) => language === "sh")
    .flatMap(({ text }) => text.trim().split("\n"));
  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) {
    const [name, ...words] = line.split(" ");
    expect(name).toBe("antiphon");
    let command = program();
    while (words[0] !== undefined) {
      const inner = command.commands.find((one) => one.name() === words[0]);
      if (inner === undefined) break;
      command = inner;
      words.shift();
    }
    const options = words.filter((word) => word.startsWith("--"));
    const known = command.options.map(({ long }) => long);
    expect(known, line).toEqual(expect.arrayContaining(options));
    expect(command.commands, line).toEqual([]);
  }
});
