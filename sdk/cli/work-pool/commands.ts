import { Command } from "commander";
import { loaded } from "../loaded.ts";
import { withOutput } from "../output.ts";

const limit = "the most of its runs at once; `none` for no limit";

/** Commands about the pools that workers take runs from. */
export function workPoolCommands(): Command {
  const pools = new Command("work-pool")
    .description("Make work pools, look at them, pause, resume and delete them.")
    .addHelpText(
      "after",
      "\nNAME is the pool's name or its id. `antiphon worker start` runs what waits in one.",
    );
  withOutput(pools.command("create <name>"), "the pool")
    .description("Make a work pool, with its queue `default`.")
    .option("--description <text>", "what it is for, for people")
    .option("--concurrency-limit <count>", limit)
    .option(
      "--variables-schema <json>",
      "JSON Schema of the job variables; @FILE reads a file, - the standard input",
    )
    .action(loaded(async () => (await import("./change.ts")).create));
  withOutput(pools.command("ls"), "the pools")
    .description("List work pools.")
    .action(loaded(async () => (await import("./list.ts")).list));
  withOutput(pools.command("inspect <name>"), "the whole pool")
    .description("Show one work pool: its queues, its workers and its job variables.")
    .action(loaded(async () => (await import("./inspect.ts")).inspect));
  withOutput(pools.command("update <name>"), "the pool")
    .description("Change a work pool; what is not named stays as it is.")
    .option("--description <text>", "what it is for, for people")
    .option("--concurrency-limit <count>", limit)
    .option(
      "--variables-schema <json>",
      "JSON Schema of the job variables, `null` for any; @FILE reads a file",
    )
    .action(loaded(async () => (await import("./change.ts")).update));
  withOutput(pools.command("pause <name>"), "what was done")
    .description("Have none of a work pool's runs begin until it is resumed.")
    .action(loaded(async () => (await import("./paused.ts")).pause));
  withOutput(pools.command("resume <name>"), "what was done")
    .description("Have the runs of a paused work pool begin again.")
    .action(loaded(async () => (await import("./paused.ts")).resume));
  pools
    .command("delete <name>")
    .description("Delete a work pool that has no deployments, with its queues.")
    .option("-y, --yes", "do not ask")
    .action(loaded(async () => (await import("./delete.ts")).remove));
  return pools;
}
