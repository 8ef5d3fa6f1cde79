import { suggestion } from "../../../core/document/nearest.ts";
import { ListWebhooksDocument, type WebhookPartsFragment } from "../../gql/graphql.ts";
import { Failure } from "../failure.ts";
import { request } from "../request.ts";

/** The webhook of this name or id. @throws Failure with what may have been meant */
export async function findWebhook(given: string): Promise<WebhookPartsFragment> {
  const { webhooks } = await request(ListWebhooksDocument, {});
  const found = webhooks.find(({ name, id }) => name === given || id === given.toLowerCase());
  if (found !== undefined) return found;
  const names = webhooks.map(({ name }) => name);
  const near = names.length === 0 ? ", and no other" : suggestion(given, names);
  throw new Failure(`there is no webhook ${JSON.stringify(given)}${near}`);
}
