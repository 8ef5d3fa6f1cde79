import { Command } from "commander";
import { collect } from "../collect.ts";
import { loaded } from "../loaded.ts";
import { withOutput } from "../output.ts";

const run = "RUN is the id of a run, or its name where only one run has it.";

/** Commands about runs. */
export function runCommands(): Command {
  const runs = new Command("run")
    .description("Look at runs, follow them, and cancel, suspend, retry or delete them.")
    .addHelpText("after", `\n${run}`);
  withOutput(runs.command("ls"), "whole runs")
    .description("List runs, newest first; those that only wait for their time to come are left out.")
    .option(
      "--state <state>",
      "only those in this state, such as failed or Late, in any case; may be repeated",
      collect,
    )
    .option("--flow <name>", "only those of this flow; may be repeated", collect)
    .option(
      "--deployment <name>",
      "only those of this deployment, as flow/deployment or id; may be repeated",
      collect,
    )
    .option("--pool <name>", "only those of this work pool, by name or id; may be repeated", collect)
    .option("--tag <tag>", "only those with this tag; repeated: with all of them", collect)
    .option("--name <text>", "only those whose name holds this")
    .option("--awaiting-input", "only those that wait for an input")
    .option("--upcoming", "only those that only wait for their time to come, the soonest first")
    .option("--limit <number>", "how many at most", "50")
    .addHelpText("after", "\nFor example:\n  antiphon run ls --state failed --deployment orders/main --json")
    .action(loaded(async () => (await import("./list.ts")).list));
  withOutput(runs.command("inspect <run>"), "the whole run")
    .description("Show one run: its states, what it waits for, what it was called with.")
    .action(loaded(async () => (await import("./inspect.ts")).inspect));
  withOutput(runs.command("logs <run>"), "one JSON object a line", ["json"])
    .description("Print the log of a run.")
    .option("-f, --follow", "go on with what is written, until the run has ended")
    .option("--last <number>", "only the last so many lines of what is stored")
    .option("--level <level>", "only lines of this level or above: debug, info, warn, error")
    .action(loaded(async () => (await import("./logs.ts")).logs));
  withOutput(runs.command("watch <run>"), "one JSON object a line", ["json"])
    .description("Tell each state of a run until it has ended. The exit code is 0 if it completed, else 1.")
    .action(loaded(async () => (await import("./watch.ts")).watch));
  withOutput(runs.command("cancel <run...>"), "what was done")
    .description("Cancel runs, and the unfinished runs that they made.")
    .action(loaded(async () => (await import("./change.ts")).cancel));
  withOutput(runs.command("suspend <run...>"), "what was done")
    .description("Ask running runs to stop and give their process back until they are resumed.")
    .option(
      "--timeout <seconds>",
      "how long they wait at most; an hour where it is left out, none for no end",
    )
    .action(loaded(async () => (await import("./change.ts")).suspend));
  withOutput(runs.command("retry <run...>"), "what was done")
    .description("Run ended runs again, as new attempts that ask afresh.")
    .action(loaded(async () => (await import("./change.ts")).retry));
  withOutput(runs.command("delete <run...>"), "what was deleted")
    .description("Delete runs with all that belongs to them.")
    .option("-y, --yes", "do not ask")
    .action(loaded(async () => (await import("./delete.ts")).remove));
  return runs;
}
