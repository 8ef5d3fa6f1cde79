import { createRequire } from "node:module";
import { Command, Option } from "commander";
import { actionRunCommands } from "./action-run/commands.ts";
import { apiUrl } from "./api-url.ts";
import { automationCommands } from "./automation/commands.ts";
import { blockCommands } from "./block/commands.ts";
import { deployCommand } from "./deploy/commands.ts";
import { deploymentCommands } from "./deployment/commands.ts";
import { eventCommands } from "./event/commands.ts";
import { firingCommands } from "./firing/commands.ts";
import { help } from "./help.ts";
import { inputCommands } from "./input/commands.ts";
import { resumeCommand } from "./resume/commands.ts";
import { runCommands } from "./run/commands.ts";
import { variableCommands } from "./variable/commands.ts";
import { waitingCommand } from "./waiting/commands.ts";
import { webhookCommands } from "./webhook/commands.ts";
import { workPoolCommands } from "./work-pool/commands.ts";
import { workQueueCommands } from "./work-queue/commands.ts";
import { workerCommands } from "./worker/commands.ts";

const { version }: { version: string } = createRequire(import.meta.url)("../package.json");

/** The command `antiphon` with all that it knows. */
export function program(): Command {
  const antiphon = new Command("antiphon")
    .description("Runs, deployments, events and automations of an Antiphon server.")
    .version(version)
    .addOption(apiUrlOption())
    .helpCommand(false)
    .hook("preAction", (_, action) => {
      const given = action.optsWithGlobals<{ apiUrl?: string }>().apiUrl ?? process.env.ANTIPHON_API_URL;
      if (given) process.env.ANTIPHON_API_URL = apiUrl(given);
    });
  antiphon.commandsGroup("Runs and what they ask for:");
  antiphon.addCommand(runCommands()).addCommand(waitingCommand());
  antiphon.addCommand(resumeCommand()).addCommand(inputCommands());
  antiphon.commandsGroup("Deployments and work:");
  antiphon.addCommand(deployCommand()).addCommand(deploymentCommands());
  antiphon.addCommand(workPoolCommands()).addCommand(workQueueCommands()).addCommand(workerCommands());
  antiphon.commandsGroup("Events and automations:");
  antiphon.addCommand(eventCommands()).addCommand(automationCommands());
  antiphon.addCommand(firingCommands()).addCommand(actionRunCommands()).addCommand(webhookCommands());
  antiphon.commandsGroup("Settings:");
  antiphon.addCommand(blockCommands()).addCommand(variableCommands());
  return alike(antiphon, "antiphon");
}

function apiUrlOption(): Option {
  return new Option(
    "--api-url <url>",
    "where the API is (ANTIPHON_API_URL, else http://127.0.0.1:4200/graphql)",
  );
}

/** What commander gives only to commands that are made in place: errors that are thrown, where help is, and how it looks. */
function alike(command: Command, typed: string): Command {
  command
    .exitOverride()
    .helpCommand(false)
    // What stands behind a command is the command's own: `antiphon deploy --version 1.2`.
    .enablePositionalOptions()
    .configureHelp(help)
    .showHelpAfterError(`(${typed} --help shows ${command.commands.length > 0 ? "what there is" : "how"})`);
  for (const inner of command.commands) {
    inner.addOption(apiUrlOption().hideHelp());
    alike(inner, `${typed} ${inner.name()}`);
  }
  return command;
}
