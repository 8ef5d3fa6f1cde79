import type { WebhookPartsFragment } from "../../gql/graphql.ts";
import { Failure } from "../failure.ts";
import { type Refused, refusalText } from "../refusal-text.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format } from "../text/print.ts";

/** A webhook as it was answered, with the token that was made for it. */
export type Saved = { __typename: "Webhook"; token?: string | null } & WebhookPartsFragment;

/** What was saved. @throws Failure that says why nothing was */
export function savedOr(name: string, result: Saved | Refused): Saved {
  if (result.__typename === "Webhook") return result;
  throw new Failure(refusalText(`the webhook ${JSON.stringify(name)}`, result));
}

/** Says what became of it, and shows a token that is shown this once. */
export function printSaved(saved: Saved, done: string, output: Format | undefined): void {
  const { __typename, token, ...webhook } = saved;
  if (output) {
    process.stdout.write(documentText(token ? { ...webhook, token } : webhook, output));
    return;
  }
  console.log(`${done} ${plain(webhook.name)}: ${webhook.url}`);
  if (token) console.log(`Its senders bear this token, which is shown this once: ${token}`);
}
