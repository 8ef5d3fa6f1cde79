import type { Argument, Command, Option } from "commander";
import { help } from "./help.ts";
import { program } from "./program.ts";

/** What the program says of its commands, as Markdown: a list of all, and then a section for each. */
export function printReference(): string {
  const antiphon = program();
  const groups = new Map<string, Command[]>();
  for (const command of antiphon.commands) {
    const heading = (command.helpGroup() || antiphon.commandsGroup()).replace(/:$/, "");
    groups.set(heading, [...(groups.get(heading) ?? []), command]);
  }
  const lists = [...groups].map(([heading, commands]) => {
    const rows = commands.flatMap((one) => listed(one, "antiphon"));
    return `**${heading}**\n\n${["| | |", "|---|---|", ...rows].join("\n")}`;
  });
  const sections = [...groups.values()].flat().flatMap((one) => sectionsOf(one, "antiphon", "##"));
  return `${["## All commands", ...lists, ...sections].join("\n\n")}\n`;
}

/** The commands that do something, each with a link to its section. */
function listed(command: Command, typed: string): string[] {
  const name = `${typed} ${command.name()}`;
  if (command.commands.length > 0) return command.commands.flatMap((inner) => listed(inner, name));
  const [first = ""] = command.description().split(/(?<=\.) /);
  return [`| [\`${name}\`](#${name.replaceAll(" ", "-")}) | ${prose(first)} |`];
}

function sectionsOf(command: Command, typed: string, level: string): string[] {
  const name = `${typed} ${command.name()}`;
  if (command.commands.length > 0) {
    const about = [`${level} ${name}`, prose(command.description()), ...afterHelp(command)];
    return [...about, ...command.commands.flatMap((inner) => sectionsOf(inner, name, `${level}#`))];
  }
  const usage = [name, ...command.registeredArguments.map(argumentText), "[options]"].join(" ");
  const also = command.aliases().length > 0 ? ` Also called \`${command.aliases().join("`, `")}\`.` : "";
  const args = command.registeredArguments.filter(({ description }) => description !== "");
  const rows = [
    ...args.map((one) => row(argumentText(one), one.description)),
    ...optionsOf(command).map((option) => row(option.flags, optionText(option))),
  ];
  return [
    `${level} ${name}`,
    `\`\`\`\n${rows.length > args.length ? usage : usage.replace(" [options]", "")}\n\`\`\``,
    `${prose(command.description())}${also}`,
    ...(rows.length > 0 ? [["| | |", "|---|---|", ...rows].join("\n")] : []),
    ...afterHelp(command),
  ];
}

function optionsOf(command: Command): Option[] {
  const shown = help.visibleOptions?.(command) ?? [];
  // All take `--json`, which the page says once.
  return shown.filter(({ long }) => long !== "--help" && long !== "--json");
}

function optionText({ description, argChoices, defaultValue, mandatory }: Option): string {
  const more = [
    argChoices ? argChoices.map((choice) => `\`${choice}\``).join(" or ") : "",
    defaultValue === undefined ? "" : `\`${defaultValue}\` where it is left out`,
    mandatory ? "must be given" : "",
  ].filter((text) => text !== "");
  return [description, ...more].join("; ");
}

/** What the command adds to its help: indented lines are typed, all others are read; empty lines part paragraphs. */
function afterHelp(command: Command): string[] {
  let shown = "";
  command.configureOutput({ writeOut: (written) => (shown += written) }).outputHelp();
  const text = shown.replace(command.helpInformation(), "");
  const parts: { typed: boolean; lines: string[] }[] = [];
  let parted = true;
  for (const line of text.trim().split("\n")) {
    const typed = line.startsWith("  ");
    const last = parts.at(-1);
    if (line === "") parted = true;
    else if (last && !parted && last.typed === typed) last.lines.push(line);
    else parts.push({ typed, lines: [line] });
    if (line !== "") parted = false;
  }
  return parts.map(({ typed, lines }) =>
    typed ? `\`\`\`sh\n${lines.map((line) => line.slice(2)).join("\n")}\n\`\`\`` : prose(lines.join(" ")),
  );
}

function argumentText(argument: Argument): string {
  const name = argument.variadic ? `${argument.name()}...` : argument.name();
  return argument.required ? `<${name}>` : `[${name}]`;
}

function row(typed: string, text: string): string {
  return `| \`${typed.replaceAll("|", "\\|")}\` | ${prose(text)} |`;
}

/** Text in which nothing is taken for Markdown or HTML but code. */
function prose(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : part.replace(/[*_<>[\]|\\]/g, "\\$&")))
    .join("");
}
