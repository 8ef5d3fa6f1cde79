import { Command } from "commander";
import { loaded } from "../loaded.ts";
import { withOutput } from "../output.ts";

/** Commands about the values that templates know as `variables.<name>`. */
export function variableCommands(): Command {
  const variable = new Command("variable").description(
    "Keep values that templates know as variables.<name>.",
  );
  withOutput(variable.command("set <name> [value]"), "the variable")
    .description("Give a variable its value, new or instead of the one it has.")
    .option("--text <text>", "a text, also where it looks like JSON")
    .addHelpText(
      "after",
      [
        "",
        "A value that is JSON keeps its type; any other is a text. @FILE reads JSON from a file, - from the standard",
        "input. Variables are no place for secrets: those belong into blocks.",
        "",
        "For example:",
        "  antiphon variable set limit 10",
        `  antiphon variable set on-call '{"name": "Ada"}'`,
      ].join("\n"),
    )
    .action(loaded(async () => (await import("./set.ts")).set));
  withOutput(variable.command("get <name>"), "the variable with its times")
    .description("Print the value of a variable: a text as it is, anything else as JSON.")
    .action(loaded(async () => (await import("./get.ts")).get));
  withOutput(variable.command("ls"), "whole variables")
    .description("List the variables.")
    .action(loaded(async () => (await import("./list.ts")).list));
  withOutput(variable.command("delete <name...>"), "what was deleted")
    .description("Delete variables.")
    .action(loaded(async () => (await import("./delete.ts")).remove));
  return variable;
}
