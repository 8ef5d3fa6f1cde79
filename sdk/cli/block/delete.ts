import { DeleteBlockDocument } from "../../gql/graphql.ts";
import { confirmed } from "../confirmed.ts";
import { Failure } from "../failure.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format } from "../text/print.ts";
import { findBlock } from "./find-block.ts";

/** `antiphon block delete`: asks first where somebody is there to answer. */
export async function remove(
  given: string,
  options: { force?: boolean; yes?: boolean; output?: Format },
): Promise<void> {
  const { id, type, name } = await findBlock(given);
  if (!(await confirmed(`Delete the block ${plain(given)} (${id})?`, options))) return;
  const { deleteBlock } = await request(DeleteBlockDocument, { id, force: options.force ?? false });
  if (deleteBlock.length === 0) throw new Failure(`${given} (${id}) was deleted by somebody else meanwhile`);
  if (options.output) process.stdout.write(documentText({ id, type, name }, options.output));
  else console.log(`Deleted ${plain(given)} (${id}).`);
}
