import type { WebhookPartsFragment } from "../../gql/graphql.ts";
import { factsText } from "../text/facts.ts";
import { documentText, type Format } from "../text/print.ts";
import { timeText } from "../text/time.ts";
import { findWebhook } from "./find.ts";
import { authText } from "./list.ts";

/** `antiphon webhook inspect` */
export async function inspect(given: string, { output }: { output?: Format }): Promise<void> {
  const found = await findWebhook(given);
  process.stdout.write(output ? documentText(found, output) : `${factsText(factsOf(found))}\n`);
}

function factsOf(webhook: WebhookPartsFragment): [string, string | null][] {
  const { formerUntil, lastReceivedAt, rateLimit, allowedMethods } = webhook;
  return [
    ["Name", webhook.name],
    ["Id", webhook.id],
    ["Description", webhook.description || null],
    ["URL", webhook.url],
    ["Former URL", formerUntil ? `taken until ${timeText(formerUntil)}` : null],
    ["Takes requests", webhook.enabled ? "yes" : "no"],
    ["Methods", allowedMethods.length === 0 ? "all" : allowedMethods.join(", ")],
    ["Proof", authText(webhook)],
    ["Requests a second", rateLimit == null ? "as the server says" : String(rateLimit)],
    ["Reserved names", webhook.allowReserved ? "allowed" : null],
    ["Received", `${webhook.receivedCount}, and ${webhook.failedCount} failed`],
    ["Turned away", refusedText(webhook)],
    ["Last request", lastReceivedAt ? timeText(lastReceivedAt) : "never"],
    ["Template", webhook.template],
    ["Created", timeText(webhook.createdAt)],
    ["Updated", timeText(webhook.updatedAt)],
  ];
}

/** What is not among its deliveries; null where there is none. */
function refusedText({ refusedByMethod, refusedBySize, refusedByRate }: WebhookPartsFragment): string | null {
  const counts = [
    [refusedByMethod, "by another method (405)"],
    [refusedBySize, "larger than 1 MiB (413)"],
    [refusedByRate, "more than its rate (429)"],
  ] as const;
  const some = counts.flatMap(([count, why]) => (count > 0 ? [`${count} ${why}`] : []));
  return some.length > 0 ? some.join(", ") : null;
}
