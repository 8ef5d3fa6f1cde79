import { SetWebhookEnabledDocument } from "../../gql/graphql.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";
import { findWebhook } from "./find.ts";
import { savedOr } from "./saved.ts";

/** `antiphon webhook enable` and `disable` */
export async function setEnabled(given: string, enabled: boolean): Promise<void> {
  const { id, name } = await findWebhook(given);
  const { setWebhookEnabled } = await request(SetWebhookEnabledDocument, { id, enabled });
  savedOr(name, setWebhookEnabled);
  console.log(`${plain(name)} ${enabled ? "takes requests" : "takes no requests any more"}.`);
}
