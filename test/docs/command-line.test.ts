import type { Command } from "commander";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { parseAutomationDocument } from "../../core/automation/parse.ts";
import { program } from "../../sdk/cli/program.ts";
import { namedBlock, textOf } from "./support/pages.ts";

const page = textOf("docs/command-line.md");

/** Every command with subcommands of its own or without, by what is typed for it. */
function commands(command: Command, typed = ""): Map<string, Command> {
  return new Map(
    command.commands.flatMap((one) => {
      const names = [one.name(), ...one.aliases()].map((name) => `${typed}${name}`);
      return [
        ...names.map((name) => [name, one] as const),
        ...names.flatMap((name) => [...commands(one, `${name} `)]),
      ];
    }),
  );
}

const known = commands(program());

it("every command of the page exists, and every command is on the page", () => {
  const shown = [...page.matchAll(/(?:antiphon|\| `)\s*((?:event|automation) [a-z]+)/g)].map(
    ([, name = ""]) => name,
  );
  expect(shown.length).toBeGreaterThan(5);
  for (const name of shown) expect([...known.keys()]).toContain(name);
  for (const [name, command] of known)
    if (command.commands.length === 0) expect(page).toContain(name.split(" ").at(-1));
});

it("every option of the page exists, and every option is on the page", () => {
  const options = [program(), ...known.values()].flatMap((command) => command.options);
  const long = new Set(options.flatMap(({ long: name }) => (name ? [name] : [])));
  for (const [name] of page.matchAll(/(?<![\w-])--[a-z][a-z-]*/g))
    expect([...long, "--help"]).toContain(name);
  for (const name of long)
    if (!["--version", "--file", "--output"].includes(name)) expect(page).toContain(name);
});

it("the file of the page is an automation", () => {
  const document = parse(namedBlock("docs/command-line.md", "reminder.yaml").text);
  expect(parseAutomationDocument(document)).toMatchObject({ name: "Reminder", trigger: { within: 3600 } });
});
