import { Command } from "commander";
import { collect } from "../collect.ts";
import { loaded } from "../loaded.ts";
import { withOutput } from "../output.ts";

/** `antiphon waiting` */
export function waitingCommand(): Command {
  return withOutput(new Command("waiting"), "whole runs; with -f one JSON object a line")
    .description("List the runs that wait for an input, longest waiting first.")
    .option("--flow <name>", "only those of this flow; may be repeated", collect)
    .option("--tag <tag>", "only those with this tag; repeated: with all of them", collect)
    .option("-f, --follow", "go on with runs as they begin to wait, or no longer do, until Ctrl-C")
    .action(loaded(async () => (await import("./waiting.ts")).waiting));
}
