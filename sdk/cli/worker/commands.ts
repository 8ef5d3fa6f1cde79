import { Command, Option } from "commander";
import { collect } from "../collect.ts";
import { loaded } from "../loaded.ts";

/** Commands about the processes that run what waits in work pools. */
export function workerCommands(): Command {
  const workers = new Command("worker").description("Run the runs of work pools.");
  workers
    .command("start")
    .description(
      "Run the runs of a work pool on this machine until it is stopped: each loads its deployment's entry point in a process of its own.",
    )
    .requiredOption("-p, --pool <name>", "the work pool; it is made where there is none")
    .option("-q, --queue <name>", "only the runs of this queue; may be repeated", collect)
    .option("-l, --limit <count>", "the most runs at once; any number where it is left out")
    .option(
      "-n, --name <name>",
      "what the worker is called; the machine's name and the process's number where it is left out",
    )
    .addOption(
      new Option("-t, --type <type>", "the type of a pool that is made")
        .choices(["process"])
        .default("process"),
    )
    .addHelpText(
      "after",
      "\nTypeScript is bundled with esbuild, which the project of the entry point has to have: `npm install esbuild`.\nStopped by Ctrl-C or SIGTERM it lets running runs end for 30 s (ANTIPHON_SHUTDOWN_GRACE); a second Ctrl-C ends them at once.",
    )
    .action(loaded(async () => (await import("./start.ts")).start));
  return workers;
}
