import { CreateWebhookDocument } from "../../gql/graphql.ts";
import { request } from "../request.ts";
import type { Format } from "../text/print.ts";
import { printSaved, savedOr } from "./saved.ts";
import { readGiven, readSettings, type SettingsOptions } from "./settings.ts";

/** `antiphon webhook create` */
export async function create(
  name: string,
  options: SettingsOptions & { template: string; output?: Format },
): Promise<void> {
  const webhook = {
    name,
    template: await readGiven(options.template),
    ...(await readSettings(options, null)),
  };
  const { createWebhook } = await request(CreateWebhookDocument, { webhook });
  printSaved(savedOr(name, createWebhook), "Created", options.output);
}
