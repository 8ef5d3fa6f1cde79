import { createRequire } from "node:module";
import { Command } from "commander";
import { apiUrl } from "./api-url.ts";
import { automationCommands } from "./automation/commands.ts";
import { eventCommands } from "./event/commands.ts";

const { version }: { version: string } = createRequire(import.meta.url)("../package.json");

/** The command `antiphon` with all that it knows. */
export function program(): Command {
  const antiphon = new Command("antiphon")
    .description("Runs, deployments, events and automations of an Antiphon server.")
    .version(version)
    .option("--api-url <url>", "where the API is (ANTIPHON_API_URL, else http://127.0.0.1:4200/graphql)")
    .helpCommand(false)
    .hook("preAction", (_, action) => {
      const given = action.optsWithGlobals<{ apiUrl?: string }>().apiUrl ?? process.env.ANTIPHON_API_URL;
      if (given) process.env.ANTIPHON_API_URL = apiUrl(given);
    });
  antiphon.commandsGroup("Runs and what they ask for:");
  antiphon.commandsGroup("Deployments and work:");
  antiphon.commandsGroup("Events and automations:");
  antiphon.addCommand(eventCommands()).addCommand(automationCommands());
  antiphon.commandsGroup("Settings:");
  return alike(antiphon, "antiphon");
}

/** What commander gives only to commands that are made in place: errors that are thrown, and where help is. */
function alike(command: Command, typed: string): Command {
  command
    .exitOverride()
    .showHelpAfterError(`(${typed} --help shows ${command.commands.length > 0 ? "what there is" : "how"})`);
  for (const inner of command.commands) alike(inner, `${typed} ${inner.name()}`);
  return command;
}
