import { Command, Option } from "commander";
import { loaded } from "../loaded.ts";
import { withOutput } from "../output.ts";

/** Commands about what runs were sent and answered. */
export function inputCommands(): Command {
  const input = new Command("input").description(
    "Look at what runs were sent and answered, and send them messages.",
  );
  narrowed(withOutput(input.command("ls <run>"), "whole inputs"))
    .description("List the messages and answers of a run, oldest first.")
    .action(loaded(async () => (await import("./list.ts")).list));
  withOutput(input.command("send <run> [json]"), "the stored message")
    .description("Send a message to a run: JSON, @FILE, or - for the standard input.")
    .option("--text <text>", "a text, in place of JSON")
    .option(
      "--type <name>",
      "its type; may be left out for texts, numbers, true, false and null, and where the run receives one type only",
    )
    .option("--prefix <prefix>", "send it to the channel of this prefix")
    .option("--key <key>", "an idempotency key: a second call with it stores nothing")
    .option("--in-reply-to <key>", "the input of the sender that it answers")
    .addHelpText(
      "after",
      `\nFor example:\n  antiphon input send cheerful-otter '{"size": "M"}' --type ShirtOrder`,
    )
    .action(loaded(async () => (await import("./send.ts")).send));
  narrowed(withOutput(input.command("follow <run>"), "one JSON object a line", ["json"]))
    .description("Follow the messages and answers of a run, from the first, until Ctrl-C.")
    .option("--after <cursor>", "begin behind this input")
    .action(loaded(async () => (await import("./follow.ts")).follow));
  withOutput(input.command("delete <id...>"), "what was deleted")
    .description("Delete inputs. What an open wait is about stays.")
    .action(loaded(async () => (await import("./delete.ts")).remove));
  return input;
}

function narrowed(command: Command): Command {
  return command
    .option("--type <name>", "only those of this type")
    .option("--prefix <prefix>", "only those of the channel of this prefix")
    .addOption(new Option("--kind <kind>", "only messages, or only answers").choices(["message", "answer"]));
}
