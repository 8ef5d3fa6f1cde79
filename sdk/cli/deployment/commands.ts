import { Command } from "commander";
import { collect } from "../collect.ts";
import { loaded } from "../loaded.ts";
import { withOutput } from "../output.ts";

const name = "NAME is flow/deployment, an id, or the deployment's own name where only one flow has it.";

/** Commands about deployments that there are; `antiphon deploy` makes them. */
export function deploymentCommands(): Command {
  const deployments = new Command("deployment")
    .description("Run deployments, look at them, pause, resume and delete them.")
    .addHelpText("after", `\n${name}`);
  withOutput(deployments.command("run <name>"), "the run")
    .description("Create a run of a deployment, at once or for later.")
    .option(
      "--param <name=value>",
      "a parameter, read by the schema of the deployment, else as JSON or text; may be repeated",
      collect,
    )
    .option("--params <json>", "all parameters as an object; @FILE reads a file, - the standard input")
    .option(
      "--watch",
      "tell its states and its log until it has ended; the exit code is 1 unless it completed",
    )
    .option("--name <name>", "the run's name; one is made up where it is left out")
    .option("-t, --tag <tag>", "added to the deployment's tags; may be repeated", collect)
    .option("--at <time>", "not before this, in ISO 8601")
    .option("--in <length>", "not before so long, such as 30s, 5m, 2h, 1d or PT1H30M")
    .option(
      "--job-variable <name=value>",
      "laid over the deployment's job variables; may be repeated",
      collect,
    )
    .option("-q, --work-queue <name>", "another queue of the deployment's work pool")
    .option("--idempotency-key <key>", "a second call with it creates nothing, and answers the first run")
    .addHelpText(
      "after",
      "\nFor example:\n  antiphon deployment run build-names/deploy-build-names --param num=3 --watch",
    )
    .action(loaded(async () => (await import("./run.ts")).run));
  withOutput(deployments.command("ls"), "whole deployments")
    .description("List deployments.")
    .option("--flow <name>", "only those of this flow")
    .option("--name <text>", "only those whose full name holds this")
    .option("-t, --tag <tag>", "only those with this tag; repeated: with all of them", collect)
    .action(loaded(async () => (await import("./list.ts")).list));
  withOutput(deployments.command("inspect <name>"), "the whole deployment")
    .description("Show one deployment: its flow, parameters, schedules and triggers.")
    .action(loaded(async () => (await import("./inspect.ts")).inspect));
  withOutput(deployments.command("pause <name>"), "what was done")
    .description("Have a deployment start no runs until it is resumed.")
    .action(setPaused(true));
  withOutput(deployments.command("resume <name>"), "what was done")
    .description("Have a paused deployment start runs again.")
    .action(setPaused(false));
  deployments
    .command("delete <name>")
    .description("Delete a deployment with its schedules, its triggers and its runs that have not begun.")
    .option("-y, --yes", "do not ask")
    .action(loaded(async () => (await import("./delete.ts")).remove));
  const schedule = deployments
    .command("schedule")
    .description("Look at the schedules of a deployment, pause and resume them.");
  withOutput(schedule.command("ls <name>"), "whole schedules")
    .description("List the schedules of a deployment, with when they start the next run.")
    .action(loaded(async () => (await import("./schedules.ts")).listSchedules));
  withOutput(schedule.command("pause <name> [schedule]"), "what was done")
    .description("Pause a schedule of a deployment, by its id where there are several.")
    .option("--all", "all of the deployment")
    .action(setActive(false));
  withOutput(schedule.command("resume <name> [schedule]"), "what was done")
    .description("Have a paused schedule start runs again.")
    .option("--all", "all of the deployment")
    .action(setActive(true));
  return deployments;
}

function setPaused(paused: boolean) {
  return loaded(async () => {
    const { setPaused: set } = await import("./paused.ts");
    return (given: string, options: Parameters<typeof set>[1]) => set(given, options, paused);
  });
}

function setActive(active: boolean) {
  return loaded(async () => {
    const { setSchedulesActive: set } = await import("./schedules.ts");
    return (given: string, schedule: string | undefined, options: Parameters<typeof set>[2]) =>
      set(given, schedule, options, active);
  });
}
