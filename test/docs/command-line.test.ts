import type { Command } from "commander";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { parseAutomationDocument } from "../../core/automation/parse.ts";
import { printReference } from "../../sdk/cli/print-reference.ts";
import { program } from "../../sdk/cli/program.ts";
import { mark } from "../../setup/reference.mjs";
import { blocksOf, namedBlock, pages, textOf } from "./support/pages.ts";

const page = "docs/command-line.md";

it("the commands of the page are those of the program (npm run reference writes them)", () => {
  const [, written] = textOf(page).split(`${mark}\n\n`);
  expect(written).toBe(printReference());
});

it("every command says what it does", () => {
  const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)];
  for (const command of all(program())) {
    expect(command.description(), command.name()).toMatch(/^[A-Z].*\.$/s);
    for (const { flags, description } of command.options) expect(description, flags).not.toBe("");
  }
});

/** The command lines of a page's shell examples, without what surrounds them. */
const typed = pages.flatMap((name) =>
  blocksOf(name)
    .filter(({ language }) => language === "sh")
    .flatMap(({ text }) => text.replaceAll("\\\n", " ").split("\n"))
    .flatMap((line) => /(?:^|[|&] *|= *)(?:npx )?antiphon (.*)$/.exec(line)?.[1] ?? [])
    .map((line) => ({ name, line })),
);

it("every command and option that a page shows exists", () => {
  expect(typed.length).toBeGreaterThan(20);
  for (const { name, line } of typed) {
    const words = line.replace(/'[^']*'|"[^"]*"/g, "'…'").split(/\s+/);
    let command = program();
    for (let inner: Command | undefined = command; inner; ) {
      command = inner;
      const next = words.find((word) => !word.startsWith("-"));
      inner = command.commands.find((one) => one.name() === next || one.aliases().includes(next ?? ""));
      if (inner) words.splice(words.indexOf(next ?? ""), 1);
    }
    expect(command.commands.length === 0 || words.includes("--help"), `${name}: antiphon ${line}`).toBe(true);
    const known = [...command.options, ...program().options].flatMap(({ long, short }) => [long, short]);
    const end = words.findIndex((word) => /^[|;&>]/.test(word));
    for (const word of words.slice(0, end < 0 ? undefined : end))
      if (/^--?[a-z]/.test(word))
        expect([...known, "--help", "-h"], `${name}: antiphon ${line}`).toContain(word.split("=")[0]);
  }
});

it("the file of the page is an automation", () => {
  const document = parse(namedBlock(page, "reminder.yaml").text);
  expect(parseAutomationDocument(document)).toMatchObject({ name: "Reminder", trigger: { within: 3600 } });
});
