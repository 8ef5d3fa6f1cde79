import { DeleteAutomationDocument } from "../../gql/graphql.ts";
import { confirmed } from "../confirmed.ts";
import { Failure } from "../failure.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";
import { find } from "./find.ts";
import { known } from "./known.ts";

/** `antiphon automation delete`: asks first where somebody is there to answer. */
export async function remove(
  given: string | undefined,
  options: { id?: string; yes?: boolean },
): Promise<void> {
  const { id, name, owner } = known(await find(given, options));
  const whose = owner === null ? "" : `, which belongs to ${owner}`;
  if (!(await confirmed(`Delete the automation ${plain(name)} (${id})${plain(whose)}?`, options))) return;
  const { deleteAutomation } = await request(DeleteAutomationDocument, { id });
  if (deleteAutomation.length === 0)
    throw new Failure(`${name} (${id}) was deleted by somebody else meanwhile`);
  console.log(`Deleted ${plain(name)} (${id}).`);
}
