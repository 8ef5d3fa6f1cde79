import { Command, Option } from "commander";
import { loaded } from "../loaded.ts";
import { withOutput } from "../output.ts";
import type { Format } from "../text/print.ts";

const setEnabled = (enabled: boolean) =>
  loaded(async () => {
    const verb = await import("./enabled.ts");
    return (name: string | undefined, options: { id?: string; output?: Format }) =>
      verb.setEnabled(name, options, enabled);
  });
const holds = [
  "",
  "A file holds one automation, a list of them, or { automations: [...] }. In place of ids, actions may name what",
  "they act upon: deployment: flow/deployment, block: type/name, automation: name, work_pool: name,",
  "work_queue: pool/queue.",
].join("\n");
const id = () => new Option("--id <uuid>", "the automation's id, in place of its name");

export function automationCommands(): Command {
  const automation = new Command("automation").description(
    "Look at automations, write them, try them out, pause and delete them.",
  );
  withOutput(automation.command("ls"))
    .description("List the automations.")
    .option("--name <text>", "only those whose name holds this")
    .option("--tag <tag...>", "only those with all of these tags; may be repeated")
    .option("--enabled", "only those that watch")
    .option("--paused", "only those that do not")
    .option("--owner <resource>", "only those that belong to it, such as prefect.deployment.<id>")
    .addOption(
      new Option("--trigger <type...>", "only those with a trigger of one of these types").choices([
        "event",
        "compound",
        "sequence",
        "metric",
      ]),
    )
    .option("--action <type...>", "only those with an action of one of these types, such as run-deployment")
    .addOption(
      new Option("--sort <order>", "by name, by name backwards, or the newest or last changed first")
        .choices(["name", "-name", "created", "updated"])
        .default("name"),
    )
    .action(loaded(async () => (await import("./list.ts")).list));
  automation
    .command("inspect [name]")
    .description("Show one automation as the document that apply takes.")
    .addOption(id())
    .addOption(
      new Option("-o, --output <format>", "how it is written").choices(["json", "yaml"]).default("yaml"),
    )
    .addOption(new Option("--json", "the same as -o json").implies({ output: "json" }))
    .action(loaded(async () => (await import("./inspect.ts")).inspect));
  written(withOutput(automation.command("create"), "what was done"))
    .description("Create automations. One that is refused keeps no other from being created.")
    .option("--atomic", "create all of them, or none where one is refused")
    .addHelpText("after", holds)
    .action(loaded(async () => (await import("./create.ts")).create));
  written(withOutput(automation.command("update [name]"), "what was done"))
    .description("Replace all of an automation but its id and its owner.")
    .addOption(id())
    .action(loaded(async () => (await import("./update.ts")).update));
  withOutput(automation.command("apply"), "what was done")
    .description("Create the automations of files, or replace those of the same names.")
    .requiredOption(
      "-f, --file <path...>",
      "a YAML or JSON file, a folder of them, or - for the standard input; may be repeated",
    )
    .option("--dry-run", "show what would change, and change nothing")
    .option("--prune", "delete the automations of --owner that the files no longer hold")
    .option("--owner <resource>", "whose automations are all in the files, such as prefect.deployment.<id>")
    .addHelpText("after", holds)
    .action(loaded(async () => (await import("./apply.ts")).apply));
  withOutput(automation.command("test <file>"), "what it would have done")
    .description(
      "Tell what the automation of a file would do with events of files. Nothing is stored, and no action runs.",
    )
    .requiredOption(
      "--event <path...>",
      "a YAML or JSON file with an event or a list of them, or lines of `event stream --json`; may be repeated",
    )
    .option("--from <time>", "when it begins to watch; with the first event where it is left out")
    .option("--until <time>", "how far the clock runs; a day behind the last event where it is left out")
    .option("--expect <number>", "fail unless it fires so often")
    .action(loaded(async () => (await import("./test.ts")).test));
  withOutput(automation.command("backtest [name]"), "what it would have done")
    .description("Tell what an automation would have done with the stored events. No action runs.")
    .addOption(id())
    .option("-f, --file <path>", "the automation of a file, in place of one that there is")
    .option("--from <time>", "when it begins to watch: a time, or how long ago, as in 2h or 7d", "1d")
    .option("--until <time>", "how far the clock runs; up to now where it is left out")
    .action(loaded(async () => (await import("./backtest.ts")).backtest));
  withOutput(automation.command("explain [name]"), "the conditions and the verdict")
    .description("Tell why an event did, or did not, fire an automation, condition by condition.")
    .addOption(id())
    .requiredOption("--event <uuid>", "the event; `antiphon event stream --json` shows ids")
    .action(loaded(async () => (await import("./explain.ts")).explain));
  withOutput(automation.command("pause [name]"), "what it is now")
    .alias("disable")
    .description("Stop an automation from watching. What it has counted is dropped.")
    .addOption(id())
    .action(setEnabled(false));
  withOutput(automation.command("resume [name]"), "what it is now")
    .alias("enable")
    .description("Have a paused automation watch again, from now on.")
    .addOption(id())
    .action(setEnabled(true));
  withOutput(automation.command("enable-actions [name]"), "what was enabled")
    .description(
      "Have actions of an automation carried out again that were disabled since they failed so often in a row.",
    )
    .addOption(id())
    .action(loaded(async () => (await import("./enable-actions.ts")).enableActions));
  withOutput(automation.command("delete [name]"), "what was deleted")
    .description("Delete an automation, or all of them.")
    .addOption(id())
    .option("--all", "all automations, with and without owners")
    .option("-y, --yes", "do not ask")
    .action(loaded(async () => (await import("./delete.ts")).remove));
  return automation;
}

function written(command: Command): Command {
  return command
    .option(
      "-f, --file <path...>",
      "a YAML or JSON file, a folder of them, or - for the standard input; may be repeated",
    )
    .option("-j, --document <json>", "the automation itself, as JSON");
}
