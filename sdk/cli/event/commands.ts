import { Command } from "commander";
import { collect } from "../collect.ts";
import { loaded } from "../loaded.ts";
import { withOutput } from "../output.ts";

export function eventCommands(): Command {
  const event = new Command("event").description("Emit events, look at them, and follow them as they come.");
  withOutput(event.command("emit <name>"), "the event's id")
    .description("Emit one event.")
    .requiredOption("--resource-id <id>", "what it happened to, such as order.17")
    .option("--label <name=value>", "a further label of that resource; may be repeated", collect)
    .option(
      "--related <role=id>",
      "another resource that it is about, as role=id or as labels in JSON; may be repeated",
      collect,
    )
    .option("--payload <json>", "an object; @FILE reads a file, - the standard input")
    .option("--id <uuid>", "its id; one that was seen before stores nothing")
    .option("--occurred <time>", "when it happened, in ISO 8601; now where it is left out")
    .option("--follows <uuid>", "an event that is known to have happened before")
    .addHelpText(
      "after",
      `\nFor example:\n  antiphon event emit order.created --resource-id order.17 --related customer=customer.3 --payload '{"total": 12}'`,
    )
    .action(loaded(async () => (await import("./emit.ts")).emit));
  withOutput(event.command("ls"), "whole events")
    .description("List events, newest first.")
    .option(
      "--name <name...>",
      "only events of this name, or of names that begin so: order.*; may be repeated",
    )
    .option("--resource <id>", "only events of this resource; * stands for any characters")
    .option("--since <time>", "only what happened then or later: a time, or how long ago, as in 2h or 7d")
    .option("--limit <number>", "how many at most", "50")
    .addHelpText("after", "\nFor example:\n  antiphon event ls --name 'order.*' --since 2h --json")
    .action(loaded(async () => (await import("./list.ts")).list));
  withOutput(event.command("inspect <id>"), "the whole event")
    .description("Show one event: what it is about, and what it says.")
    .action(loaded(async () => (await import("./inspect.ts")).inspect));
  withOutput(event.command("stream"), "one JSON object a line", ["json"])
    .description(
      "Follow the events as they are stored, until Ctrl-C. A lost connection is made again, and nothing is missed.",
    )
    .option(
      "--name <name...>",
      "only events of this name, or of names that begin so: order.*; may be repeated",
    )
    .option("--resource-id <id>", "only events of this resource; * stands for any characters")
    .option("--after <cursor>", "begin behind this event, not with what comes from now on")
    .option("--limit <number>", "end after so many events")
    .addHelpText("after", "\nFor example:\n  antiphon event stream --name 'order.*' --json")
    .action(loaded(async () => (await import("./stream.ts")).stream));
  return event;
}
