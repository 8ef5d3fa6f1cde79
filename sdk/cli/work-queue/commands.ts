import { Command } from "commander";
import { loaded } from "../loaded.ts";
import { withOutput } from "../output.ts";

const limit = "the most of its runs at once; `none` for no limit";
const priority = "1 for the queue that is served first";

/** Commands about the queues of work pools. */
export function workQueueCommands(): Command {
  const queues = new Command("work-queue")
    .description("Make queues in work pools, look at them, pause, resume and delete them.")
    .addHelpText("after", "\nNAME is pool/queue.");
  withOutput(queues.command("create <name>"), "the queue")
    .description("Make a queue in a work pool.")
    .option("--description <text>", "what it is for, for people")
    .option("--priority <number>", `${priority}; behind all others where it is left out`)
    .option("--concurrency-limit <count>", limit)
    .action(loaded(async () => (await import("./change.ts")).create));
  withOutput(queues.command("ls [pool]"), "the queues")
    .description("List the queues of a work pool, or of all.")
    .action(loaded(async () => (await import("./list.ts")).list));
  withOutput(queues.command("inspect <name>"), "the whole queue")
    .description("Show one work queue.")
    .action(loaded(async () => (await import("./list.ts")).inspect));
  withOutput(queues.command("update <name>"), "the queue")
    .description("Change a work queue; what is not named stays as it is.")
    .option("--description <text>", "what it is for, for people")
    .option("--priority <number>", priority)
    .option("--concurrency-limit <count>", limit)
    .action(loaded(async () => (await import("./change.ts")).update));
  withOutput(queues.command("pause <name>"), "what was done")
    .description("Have none of a work queue's runs begin until it is resumed.")
    .action(loaded(async () => (await import("./change.ts")).pause));
  withOutput(queues.command("resume <name>"), "what was done")
    .description("Have the runs of a paused work queue begin again.")
    .action(loaded(async () => (await import("./change.ts")).resume));
  queues
    .command("delete <name>")
    .description(
      "Delete a work queue that has no deployments; what waits in it goes to the pool's default one.",
    )
    .option("-y, --yes", "do not ask")
    .action(loaded(async () => (await import("./change.ts")).remove));
  return queues;
}
