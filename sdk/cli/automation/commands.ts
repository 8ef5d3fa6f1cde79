import { Command, Option } from "commander";
import { apply } from "./apply.ts";
import { remove } from "./delete.ts";
import { setEnabled } from "./enabled.ts";
import { inspect } from "./inspect.ts";
import { list } from "./list.ts";

const output = () =>
  new Option("-o, --output <format>", "whole documents, for programs").choices(["json", "yaml"]);
const id = () => new Option("--id <uuid>", "the automation's id, in place of its name");

export function automationCommands(): Command {
  const automation = new Command("automation").description(
    "Look at automations, apply their files, pause and delete them.",
  );
  automation
    .command("ls")
    .description("List the automations.")
    .option("--name <text>", "only those whose name holds this")
    .option("--tag <tag...>", "only those with all of these tags; may be repeated")
    .addOption(output())
    .action(list);
  automation
    .command("inspect [name]")
    .description("Show one automation as the document that apply takes.")
    .addOption(id())
    .addOption(output().default("yaml"))
    .action(inspect);
  automation
    .command("apply")
    .description("Create the automations of files, or replace those of the same names.")
    .requiredOption(
      "-f, --file <path...>",
      "a YAML or JSON file, a folder of them, or - for the standard input; may be repeated",
    )
    .option("--dry-run", "show what would change, and change nothing")
    .addOption(new Option("-o, --output <format>", "what was done, for programs").choices(["json", "yaml"]))
    .addHelpText("after", "\nA file holds one automation, a list of them, or { automations: [...] }.")
    .action(apply);
  automation
    .command("pause [name]")
    .alias("disable")
    .description("Stop an automation from watching. What it has counted is dropped.")
    .addOption(id())
    .action((name, options) => setEnabled(name, options, false));
  automation
    .command("resume [name]")
    .alias("enable")
    .description("Have a paused automation watch again, from now on.")
    .addOption(id())
    .action((name, options) => setEnabled(name, options, true));
  automation
    .command("delete [name]")
    .description("Delete an automation.")
    .addOption(id())
    .option("-y, --yes", "do not ask")
    .action(remove);
  return automation;
}
