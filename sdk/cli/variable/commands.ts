import { Command } from "commander";
import { loaded } from "../loaded.ts";
import { withOutput } from "../output.ts";

/** Commands about values under names, which templates know as `variables.<name>` where they are not secret. */
export function variableCommands(): Command {
  const variable = new Command("variable").description(
    "Keep values that templates know as variables.<name>, and secrets.",
  );
  withOutput(variable.command("set <name> [value]"), "the variable")
    .description("Give a variable its value, new or instead of the one it has.")
    .option("--text <text>", "a text, also where it looks like JSON")
    .option("--secret", "keep it secret; without a value, the one that is there becomes secret, or stays")
    .option("--no-secret", "keep it plain, with a new value")
    .addHelpText(
      "after",
      [
        "",
        "A value that is JSON keeps its type; any other is a text. @FILE reads JSON from a file, - from the standard",
        "input. What is neither said to be secret nor plain stays what it is; a new variable is plain.",
        "",
        "A secret in the arguments of a command is in the shell's history: with --secret, - is a text that is asked for",
        "and not shown, or read from a pipe.",
        "",
        "For example:",
        "  antiphon variable set limit 10",
        `  antiphon variable set on-call '{"name": "Ada"}'`,
        "  antiphon variable set token - --secret",
        `  printf '%s' "$TOKEN" | antiphon variable set token - --secret`,
      ].join("\n"),
    )
    .action(loaded(async () => (await import("./set.ts")).set));
  withOutput(variable.command("get <name>"), "the variable with its times")
    .description("Print the value of a variable: a text as it is, anything else as JSON. A secret is masked.")
    .action(loaded(async () => (await import("./get.ts")).get));
  withOutput(variable.command("ls"), "whole variables")
    .description("List the variables. Secrets are masked.")
    .action(loaded(async () => (await import("./list.ts")).list));
  withOutput(variable.command("delete <name...>"), "what was deleted")
    .description("Delete variables.")
    .action(loaded(async () => (await import("./delete.ts")).remove));
  return variable;
}
