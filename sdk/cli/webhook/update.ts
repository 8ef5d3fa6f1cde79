import { UpdateWebhookDocument } from "../../gql/graphql.ts";
import { request } from "../request.ts";
import { someChange } from "../some-change.ts";
import type { Format } from "../text/print.ts";
import { findWebhook } from "./find.ts";
import { printSaved, savedOr } from "./saved.ts";
import { readGiven, readSettings, type SettingsOptions } from "./settings.ts";

/** `antiphon webhook update` */
export async function update(
  given: string,
  options: SettingsOptions & { template?: string; name?: string; output?: Format },
): Promise<void> {
  const { output, ...said } = options;
  someChange(said, "--name, --template or another option of `antiphon webhook update --help`");
  const { id, name, template, auth } = await findWebhook(given);
  const change = {
    ...(options.name !== undefined && { name: options.name }),
    ...(options.template !== undefined && { template: await readGiven(options.template) }),
    ...(await readSettings(options, auth)),
  };
  const webhook = { name, template, ...change };
  const { updateWebhook } = await request(UpdateWebhookDocument, { id, webhook });
  printSaved(savedOr(name, updateWebhook), "Changed", output);
}
