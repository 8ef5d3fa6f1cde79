import { Command } from "commander";
import { collect } from "../collect.ts";
import { loaded } from "../loaded.ts";
import { withOutput } from "../output.ts";

export function deployCommand(): Command {
  const deploy = new Command("deploy")
    .description(
      "Register the deployments of antiphon.yaml (else prefect.yaml), with their schedules and triggers, and its automations.",
    )
    .argument(
      "[entrypoint]",
      "the flow of one deployment, as <file>:<export>, in place of what the file says",
    )
    .option(
      "-n, --name <name>",
      "only this deployment; * stands for any characters; may be repeated",
      collect,
    )
    .option("--all", "all deployments of the file")
    .option("--file <file>", "another file than antiphon.yaml")
    .option("--prefect-file <file>", "the same")
    .option(
      "--trigger <trigger>",
      "in place of the file's triggers: JSON, or a .yaml, .yml or .json file with a list `triggers`; may be repeated",
      collect,
    )
    .option("--no-triggers", "none of the file's triggers")
    .option("-p, --pool <name>", "the work pool whose workers run it")
    .option("-q, --work-queue <name>", "the queue of that pool")
    .option("--job-variable <name=value>", "laid over the file's job variables; may be repeated", collect)
    .option("--cron <expression>", "a schedule, in place of the file's; may be repeated", collect)
    .option("--interval <seconds>", "likewise: seconds, or a duration such as PT1H; may be repeated", collect)
    .option("--rrule <rule>", "likewise, in RFC 5545; may be repeated", collect)
    .option("--timezone <name>", "of --cron, --interval and --rrule, such as Europe/Berlin")
    .option(
      "--param <name=value>",
      "laid over the file's parameters: JSON, else text; may be repeated",
      collect,
    )
    .option("-t, --tag <tag>", "in place of the file's tags; may be repeated", collect)
    .option("-v, --version <text>", "the version of the flow's code")
    .option("-d, --description <text>", "what it is for")
    .option("--concurrency-limit <number>", "the most runs at once")
    .option("--save", "write what these options say into the file, without asking")
    .option("--no-save", "do not ask on a terminal whether to write it into the file")
    .option("--dry-run", "read, fill in and check everything, show it, and register nothing")
    .addHelpText(
      "after",
      "\nFor example:\n  antiphon deploy\n  antiphon deploy -n nightly --trigger triggers.yaml\n  antiphon deploy flows/orders.ts:afterOrder -n after-order --pool local",
    )
    .action(loaded(async () => (await import("./deploy.ts")).deploy));
  return withOutput(deploy, "what was done");
}
