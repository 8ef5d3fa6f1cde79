import { Command, Option } from "commander";
import { loaded } from "../loaded.ts";
import { withOutput } from "../output.ts";

/** Commands about the actions of firings. */
export function actionRunCommands(): Command {
  const actionRun = new Command("action-run").description(
    "See what actions came to, and try failed ones again or discard them.",
  );
  withOutput(actionRun.command("ls"), "whole action runs")
    .description("List action runs, those of the newest firings first.")
    .option("--automation <name>", "only those of this automation, by name or id")
    .addOption(
      new Option("--status <status>", "only those of this status").choices([
        "pending",
        "running",
        "succeeded",
        "failed",
      ]),
    )
    .option("--discarded", "those that were discarded, instead of all others")
    .option("--limit <number>", "how many at most", "200")
    .action(loaded(async () => (await import("./list.ts")).list));
  withOutput(actionRun.command("retry <id...>"), "the action runs")
    .description("Carry out failed action runs once more, under the same ids.")
    .action(loaded(async () => (await import("./retry.ts")).retry));
  withOutput(actionRun.command("discard <id...>"), "the action runs")
    .description("Say of failed action runs that nothing is to be done about them; `retry` takes that back.")
    .action(loaded(async () => (await import("./discard.ts")).discard));
  return actionRun;
}
