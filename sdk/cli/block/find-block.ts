import { ReadBlockDocument, type ReadBlockQuery } from "../../gql/graphql.ts";
import { Failure, UsageError } from "../failure.ts";
import { request } from "../request.ts";

/** The type and the name of a block as they are typed: `slack-webhook/ops`. */
export function blockName(given: string): { type: string; name: string } {
  const at = given.indexOf("/");
  if (at > 0 && at < given.length - 1) return { type: given.slice(0, at), name: given.slice(at + 1) };
  throw new UsageError(`${JSON.stringify(given)} names no block: give TYPE/NAME, such as slack-webhook/ops`);
}

/** The block that a command names. */
export async function findBlock(given: string): Promise<NonNullable<ReadBlockQuery["block"]>> {
  const { block } = await request(ReadBlockDocument, blockName(given));
  if (block) return block;
  throw new Failure(`there is no block ${JSON.stringify(given)}: \`antiphon block ls\` lists all`);
}
