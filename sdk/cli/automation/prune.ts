import { isPlainObject } from "../../../core/json.ts";
import { DeleteAutomationDocument } from "../../gql/graphql.ts";
import { request } from "../request.ts";
import { all } from "./all.ts";
import type { Outcome } from "./apply.ts";
import { known } from "./known.ts";
import type { Written } from "./read-files.ts";

/** Deletes the automations of an owner that files no longer hold. */
export async function pruned(
  owner: string,
  written: readonly Written[],
  dryRun: boolean,
): Promise<Outcome[]> {
  const kept = new Set(
    written.flatMap(({ document, name }) =>
      isPlainObject(document) && document.owner_resource === owner ? [name] : [],
    ),
  );
  const outcomes: Outcome[] = [];
  for (const { id, name, owner: of } of (await all()).map(known)) {
    if (of !== owner || kept.has(name)) continue;
    if (!dryRun) await request(DeleteAutomationDocument, { id });
    outcomes.push({ name, outcome: "deleted", id, issues: [] });
  }
  return outcomes;
}
