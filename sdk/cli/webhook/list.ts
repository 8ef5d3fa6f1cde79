import { ListWebhooksDocument, type WebhookPartsFragment } from "../../gql/graphql.ts";
import { request } from "../request.ts";
import { documentText, type Format, terminalWidth } from "../text/print.ts";
import { type Column, rowsText } from "../text/table.ts";
import { timeText } from "../text/time.ts";

/** `antiphon webhook ls` */
export async function list({ output }: { output?: Format }): Promise<void> {
  const { webhooks } = await request(ListWebhooksDocument, {});
  if (output) process.stdout.write(documentText(webhooks, output));
  else if (webhooks.length === 0)
    console.log("There are no webhooks yet: `antiphon webhook create NAME --template @FILE` makes one.");
  else console.log(rowsText(columns, webhooks, terminalWidth()));
}

/** How requests prove who sends them, as it is typed. */
export function authText({ auth }: Pick<WebhookPartsFragment, "auth">): string {
  return auth.type.toLowerCase().replaceAll("_", "-");
}

const columns: readonly Column<WebhookPartsFragment>[] = [
  { title: "NAME", of: ({ name }) => name },
  { title: "ENABLED", of: ({ enabled }) => (enabled ? "yes" : "no") },
  { title: "AUTH", of: authText },
  { title: "RECEIVED", of: ({ receivedCount }) => String(receivedCount) },
  { title: "FAILED", of: ({ failedCount }) => String(failedCount) },
  { title: "LAST", of: ({ lastReceivedAt }) => (lastReceivedAt ? timeText(lastReceivedAt) : "never") },
  { title: "URL", of: ({ url }) => url },
];
