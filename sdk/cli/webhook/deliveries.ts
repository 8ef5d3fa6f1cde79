import { ReadWebhookDeliveriesDocument, type WebhookDeliveryPartsFragment } from "../../gql/graphql.ts";
import { readCount } from "../read-count.ts";
import { request } from "../request.ts";
import { cut } from "../text/plain.ts";
import { documentText, type Format, terminalWidth } from "../text/print.ts";
import { type Column, rowsText } from "../text/table.ts";
import { timeText } from "../text/time.ts";
import { findWebhook } from "./find.ts";

/** `antiphon webhook deliveries` */
export async function deliveries(given: string, options: { limit: string; output?: Format }): Promise<void> {
  const first = readCount("--limit", options.limit) ?? 20;
  const { id } = await findWebhook(given);
  const { webhook } = await request(ReadWebhookDeliveriesDocument, { id, first });
  const found = webhook?.deliveries ?? [];
  if (options.output) process.stdout.write(documentText(found, options.output));
  else if (found.length === 0) console.log("No requests have come yet, or none are kept.");
  else console.log(rowsText(columns, found, terminalWidth()));
}

const columns: readonly Column<WebhookDeliveryPartsFragment>[] = [
  { title: "RECEIVED", of: ({ receivedAt }) => timeText(receivedAt) },
  { title: "ANSWER", of: ({ statusCode }) => String(statusCode) },
  { title: "METHOD", of: ({ method }) => method },
  { title: "BYTES", of: ({ bytes }) => String(bytes) },
  {
    title: "WHAT CAME OF IT",
    of: ({ error, eventIds }) =>
      error ? cut(error, 60) : `${eventIds.length} ${eventIds.length === 1 ? "event" : "events"}`,
  },
  { title: "ID", of: ({ id }) => id },
];
