import { DeleteWebhookDocument } from "../../gql/graphql.ts";
import { confirmed } from "../confirmed.ts";
import { Failure } from "../failure.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";
import { findWebhook } from "./find.ts";

/** `antiphon webhook delete`: asks first where somebody is there to answer. */
export async function remove(given: string, options: { yes?: boolean }): Promise<void> {
  const { id, name } = await findWebhook(given);
  if (!(await confirmed(`Delete the webhook ${plain(name)} (${id})?`, options))) return;
  const { deleteWebhook } = await request(DeleteWebhookDocument, { id });
  if (deleteWebhook.length === 0) throw new Failure(`${name} (${id}) was deleted by somebody else meanwhile`);
  console.log(`Deleted ${plain(name)} (${id}).`);
}
