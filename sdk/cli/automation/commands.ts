import { Command, Option } from "commander";
import { loaded } from "../loaded.ts";
import { withOutput } from "../output.ts";

const setEnabled = (enabled: boolean) =>
  loaded(async () => {
    const verb = await import("./enabled.ts");
    return (name: string | undefined, options: { id?: string }) => verb.setEnabled(name, options, enabled);
  });
const id = () => new Option("--id <uuid>", "the automation's id, in place of its name");

export function automationCommands(): Command {
  const automation = new Command("automation").description(
    "Look at automations, apply their files, pause and delete them.",
  );
  withOutput(automation.command("ls"))
    .description("List the automations.")
    .option("--name <text>", "only those whose name holds this")
    .option("--tag <tag...>", "only those with all of these tags; may be repeated")
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
  withOutput(automation.command("apply"), "what was done")
    .description("Create the automations of files, or replace those of the same names.")
    .requiredOption(
      "-f, --file <path...>",
      "a YAML or JSON file, a folder of them, or - for the standard input; may be repeated",
    )
    .option("--dry-run", "show what would change, and change nothing")
    .addHelpText("after", "\nA file holds one automation, a list of them, or { automations: [...] }.")
    .action(loaded(async () => (await import("./apply.ts")).apply));
  automation
    .command("pause [name]")
    .alias("disable")
    .description("Stop an automation from watching. What it has counted is dropped.")
    .addOption(id())
    .action(setEnabled(false));
  automation
    .command("resume [name]")
    .alias("enable")
    .description("Have a paused automation watch again, from now on.")
    .addOption(id())
    .action(setEnabled(true));
  automation
    .command("delete [name]")
    .description("Delete an automation.")
    .addOption(id())
    .option("-y, --yes", "do not ask")
    .action(loaded(async () => (await import("./delete.ts")).remove));
  return automation;
}
