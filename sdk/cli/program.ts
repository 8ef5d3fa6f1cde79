import { createRequire } from "node:module";
import { Command } from "commander";
import { apiUrl } from "./api-url.ts";
import { automationCommands } from "./automation/commands.ts";
import { eventCommands } from "./event/commands.ts";

const { version }: { version: string } = createRequire(import.meta.url)("../package.json");

/** The command `antiphon` with all that it knows. */
export function program(): Command {
  return new Command("antiphon")
    .description("Events and automations of an Antiphon server.")
    .version(version)
    .option("--api-url <url>", "where the API is (ANTIPHON_API_URL, else http://127.0.0.1:4200/graphql)")
    .exitOverride()
    .showHelpAfterError("(antiphon --help shows what there is)")
    .hook("preAction", (_, action) => {
      const given = action.optsWithGlobals<{ apiUrl?: string }>().apiUrl ?? process.env.ANTIPHON_API_URL;
      if (given) process.env.ANTIPHON_API_URL = apiUrl(given);
    })
    .addCommand(eventCommands())
    .addCommand(automationCommands());
}
