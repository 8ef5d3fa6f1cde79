import { suggestion } from "../../../core/document/nearest.ts";
import { isId } from "../../../core/id.ts";
import {
  InspectWorkPoolDocument,
  type InspectWorkPoolQuery,
  ListWorkPoolsDocument,
} from "../../gql/graphql.ts";
import { Failure } from "../failure.ts";
import { request } from "../request.ts";

export type FoundWorkPool = NonNullable<InspectWorkPoolQuery["workPool"]>;

/** The pool of this name or id; null where there is none. */
export async function knownWorkPool(given: string): Promise<FoundWorkPool | null> {
  const { workPool } = await request(InspectWorkPoolDocument, isId(given) ? { id: given } : { name: given });
  return workPool ?? null;
}

/** The same; a Failure with what may have been meant where there is none. */
export async function findWorkPool(given: string): Promise<FoundWorkPool> {
  const found = await knownWorkPool(given);
  if (found !== null) return found;
  const { workPools } = await request(ListWorkPoolsDocument, {});
  const names = workPools.map(({ name }) => name);
  if (names.length > 0)
    throw new Failure(`there is no work pool ${JSON.stringify(given)}${suggestion(given, names)}`);
  throw new Failure(
    `there is no work pool ${JSON.stringify(given)}, and no other: \`antiphon work-pool create\` makes one`,
  );
}
