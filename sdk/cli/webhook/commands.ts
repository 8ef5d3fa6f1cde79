import { Command, Option } from "commander";
import { loaded } from "../loaded.ts";
import { withOutput } from "../output.ts";

const enabled = (enabled: boolean) =>
  loaded(async () => {
    const { setEnabled } = await import("./enabled.ts");
    return (given: string) => setEnabled(given, enabled);
  });
const grace = () => new Option("--grace <seconds>", "how long the old one is taken too, up to 86400");

/** Commands about URLs whose requests become events. */
export function webhookCommands(): Command {
  const webhook = new Command("webhook").description("Keep URLs whose requests become events.");
  withSettings(withOutput(webhook.command("create <name>"), "the webhook"))
    .requiredOption(
      "-t, --template <template>",
      "what a request becomes; @FILE reads it, - the standard input",
    )
    .description("Make a webhook, and print its URL.")
    .addHelpText(
      "after",
      [
        "",
        "The template is an event as JSON, with {{ … }} in its texts, or a template that makes JSON.",
        "",
        "For example:",
        "  antiphon webhook create models --template @model-update.json",
        "  antiphon webhook create pushes --template @push.json --auth github --secret @secret.txt",
      ].join("\n"),
    )
    .action(loaded(async () => (await import("./create.ts")).create));
  withSettings(withOutput(webhook.command("update <webhook>"), "the webhook"))
    .option("-t, --template <template>", "what a request becomes; @FILE reads it, - the standard input")
    .option("--name <name>", "another name")
    .description("Change a webhook, by name or id: what is left out stays as it is.")
    .action(loaded(async () => (await import("./update.ts")).update));
  withOutput(webhook.command("ls"), "whole webhooks")
    .description("List the webhooks.")
    .action(loaded(async () => (await import("./list.ts")).list));
  withOutput(webhook.command("inspect <webhook>"), "the webhook")
    .description("Show a webhook, by name or id, with its URL and template.")
    .action(loaded(async () => (await import("./inspect.ts")).inspect));
  withOutput(webhook.command("rotate <webhook>"), "the webhook")
    .description("Give a webhook a new URL; the old one stops at once, or after a time.")
    .option("--token", "a new token for its senders to bear, in place of a new URL")
    .addOption(grace())
    .action(loaded(async () => (await import("./rotate.ts")).rotate));
  webhook.command("enable <webhook>").description("Let a webhook take requests.").action(enabled(true));
  webhook
    .command("disable <webhook>")
    .description("Have a webhook answer as if there were none.")
    .action(enabled(false));
  webhook
    .command("delete <webhook>")
    .description("Delete a webhook with what is kept of its requests.")
    .option("-y, --yes", "do not ask")
    .action(loaded(async () => (await import("./delete.ts")).remove));
  withOutput(webhook.command("deliveries <webhook>"), "whole deliveries")
    .description("List the requests to a webhook that are kept, newest first.")
    .option("-n, --limit <count>", "how many at most", "20")
    .action(loaded(async () => (await import("./deliveries.ts")).deliveries));
  withOutput(webhook.command("replay <delivery>"), "the new delivery")
    .description("Take a request again, by its delivery's id and the webhook's present template.")
    .action(loaded(async () => (await import("./replay.ts")).replay));
  return webhook;
}

/** The options by which a webhook is set up. */
function withSettings(command: Command): Command {
  return command
    .option("--description <text>", "what it is for")
    .option("--method <method...>", "a method that it takes; may be repeated; all where none is said")
    .addOption(
      new Option("--auth <way>", "how requests prove who sends them").choices([
        "none",
        "bearer",
        "hmac",
        "github",
        "stripe",
        "slack",
        "gitlab",
        "standard-webhooks",
      ]),
    )
    .option("--secret <secret...>", "what the sender signs with; @FILE reads it; up to three, any is taken")
    .option("--header <name>", "with --auth hmac: the header with the signature")
    .addOption(new Option("--algorithm <name>", "with --auth hmac").choices(["sha1", "sha256", "sha512"]))
    .option("--prefix <text>", "with --auth hmac: what stands before the signature")
    .addOption(new Option("--encoding <name>", "with --auth hmac").choices(["hex", "base64"]))
    .option("--timestamp-header <name>", "with --auth hmac: the header with the signed time")
    .option("--tolerance <seconds>", "by how much a signed time may differ from the server's clock")
    .option("--rate <count>", "requests a second that it takes")
    .option("--allow-reserved", "let its events have names that begin with prefect.")
    .option("--no-allow-reserved", "refuse names that begin with prefect.");
}
