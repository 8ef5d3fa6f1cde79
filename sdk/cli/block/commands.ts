import { Command } from "commander";
import { collect } from "../collect.ts";
import { loaded } from "../loaded.ts";
import { withOutput } from "../output.ts";

/** Commands about blocks: where messages and calls go, with their secrets. */
export function blockCommands(): Command {
  const block = new Command("block")
    .description("Keep what automations send messages and make calls with.")
    .addHelpText("after", "\nBLOCK is TYPE/NAME, such as slack-webhook/ops.");
  withOutput(block.command("ls"), "whole blocks")
    .description("List the blocks.")
    .option("--type <type>", "only those of this type")
    .action(loaded(async () => (await import("./list.ts")).list));
  withOutput(block.command("types [type]"), "the types with the JSON Schemas of their data")
    .description("List the types of blocks, or the fields of one.")
    .action(loaded(async () => (await import("./types.ts")).types));
  withOutput(block.command("inspect <block>"), "the whole block")
    .description("Show one block. Secrets are masked.")
    .action(loaded(async () => (await import("./inspect.ts")).inspect));
  withOutput(block.command("save <block>"), "the whole block")
    .description("Save a block.")
    .option("-f, --file <path>", "its data as YAML or JSON; - reads the standard input")
    .option("--set <field=value>", "a field of its data, read by the type's schema; may be repeated", collect)
    .option(
      "--secret <field>",
      "a field that is asked for and not shown, or read as a line from a pipe; may be repeated",
      collect,
    )
    .option("--unset <field>", "take a field away; may be repeated", collect)
    .option(
      "--ttl <seconds>",
      "how long a json block lives after this save and each later one, or none; left out, it stays as it is",
    )
    .option("--overwrite", "change the one that is there: what is not named stays")
    .addHelpText(
      "after",
      [
        "",
        "A secret in the arguments of a command is in the shell's history: give it with --secret or a file.",
        "On a terminal, what is missing is asked for.",
        "",
        "For example:",
        "  antiphon block save slack-webhook/ops --secret url",
        "  printf '%s' \"$SLACK_URL\" | antiphon block save slack-webhook/ops --secret url",
      ].join("\n"),
    )
    .action(loaded(async () => (await import("./save.ts")).save));
  withOutput(block.command("test <block>"), "what happened")
    .description(
      "Send a message, or make a call, that says it is a test. The exit code is 0 if it was taken.",
    )
    .action(loaded(async () => (await import("./test.ts")).test));
  withOutput(block.command("delete <block>"), "what was deleted")
    .description("Delete a block. One that automations use stays.")
    .option("--force", "also where automations use it; their actions fail from then on")
    .option("-y, --yes", "do not ask")
    .action(loaded(async () => (await import("./delete.ts")).remove));
  return block;
}
