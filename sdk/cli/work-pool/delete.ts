import { DeleteWorkPoolDocument } from "../../gql/graphql.ts";
import { confirmed } from "../confirmed.ts";
import { Failure } from "../failure.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";
import { findWorkPool } from "./find.ts";

/** `antiphon work-pool delete`: asks first where somebody is there to answer. */
export async function remove(given: string, options: { yes?: boolean }): Promise<void> {
  const { id, name } = await findWorkPool(given);
  const shown = `work pool ${plain(name)} (${id})`;
  if (!(await confirmed(`Delete the ${shown} with its queues?`, options))) return;
  const { deleteWorkPool } = await request(DeleteWorkPoolDocument, { id });
  if (deleteWorkPool.length === 0) throw new Failure(`${shown} was deleted by somebody else meanwhile`);
  console.log(`Deleted ${shown}.`);
}
