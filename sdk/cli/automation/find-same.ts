import { isPlainObject } from "../../../core/json.ts";
import type { AutomationPartsFragment } from "../../gql/graphql.ts";
import { all } from "./all.ts";
import { known } from "./known.ts";

/** The automation that a document replaces: the one of its name and owner; null where there is none. */
export async function findSame(document: unknown): Promise<AutomationPartsFragment | null> {
  if (!isPlainObject(document) || typeof document.name !== "string" || document.name === "") return null;
  const { name, owner_resource: owner = null } = document;
  const found = await all({ name });
  return found.find((one) => known(one).name === name && known(one).owner === owner) ?? null;
}
