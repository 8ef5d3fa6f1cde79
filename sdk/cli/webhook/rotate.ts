import { RotateWebhookDocument, RotateWebhookTokenDocument } from "../../gql/graphql.ts";
import { request } from "../request.ts";
import type { Format } from "../text/print.ts";
import { findWebhook } from "./find.ts";
import { printSaved, savedOr } from "./saved.ts";
import { readNumber } from "./settings.ts";

/** `antiphon webhook rotate` */
export async function rotate(
  given: string,
  options: { token?: boolean; grace?: string; output?: Format },
): Promise<void> {
  const graceSeconds = options.grace === undefined ? 0 : readNumber("--grace", options.grace);
  const { id, name } = await findWebhook(given);
  const result = options.token
    ? (await request(RotateWebhookTokenDocument, { id, graceSeconds })).rotateWebhookToken
    : (await request(RotateWebhookDocument, { id, graceSeconds })).rotateWebhook;
  printSaved(savedOr(name, result), options.token ? "Made a new token for" : "Moved", options.output);
}
