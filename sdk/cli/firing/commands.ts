import { Command } from "commander";
import { loaded } from "../loaded.ts";
import { withOutput } from "../output.ts";

/** Commands about what automations did. */
export function firingCommands(): Command {
  const firing = new Command("firing").description("See when automations fired, and what came of it.");
  withOutput(firing.command("ls"), "whole firings")
    .description("List firings, newest first.")
    .option("--automation <name>", "only those of this automation, by name or id")
    .option("--limit <number>", "how many at most", "50")
    .action(loaded(async () => (await import("./list.ts")).list));
  withOutput(firing.command("inspect <id>"), "the whole firing")
    .description("Show one firing: what caused it, and each action with its outcome.")
    .action(loaded(async () => (await import("./inspect.ts")).inspect));
  withOutput(firing.command("stream"), "one JSON object a line", ["json"])
    .description("Follow the firings as they happen, until Ctrl-C.")
    .option("--automation <name>", "only those of this automation, by name or id")
    .option("--after <cursor>", "begin behind this firing, not with what comes from now on")
    .action(loaded(async () => (await import("./stream.ts")).stream));
  return firing;
}
