import type { AutomationDefinition } from "../../core/automation/automation.ts";
import { changedAutomation } from "../../core/automation/change.ts";
import { InvalidInputError, NotFoundError } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import { appendVersions } from "./append-versions.ts";
import { checkDefinition } from "./check-definition.ts";
import { refusingTakenName } from "./name-taken.ts";
import { lockAutomation, storedAutomation } from "./row.ts";
import { changeAutomation } from "./write-version.ts";

/**
 * Replaces an automation but for its id, its owner and when it was created. An equal definition changes nothing.
 *
 * @param options `ownerPath`: where the definition has the owner, for the refusal of another one; `ifRevision`: the revision that it must
 * be at, null for any
 * @returns its id
 * @throws InvalidInputError
 * @throws NotFoundError
 */
export async function updateAutomation(
  ctx: Context,
  id: string,
  definition: AutomationDefinition,
  {
    ownerPath = "owner_resource",
    ifRevision = null,
  }: { ownerPath?: "owner_resource" | "ownerResource"; ifRevision?: number | null } = {},
): Promise<string> {
  await checkDefinition(ctx, definition);
  if (!isId(id)) throw new NotFoundError("automation", id);
  const owner = definition.ownerResource ?? null;
  const changed = await refusingTakenName(definition.name, owner, () =>
    ctx.db.transaction(async (tx) => {
      const row = await lockAutomation(tx, id);
      if (row === null) throw new NotFoundError("automation", id);
      if (ifRevision !== null && ifRevision !== row.revision)
        throw InvalidInputError.at(
          ["ifRevision"],
          `it is at revision ${row.revision}, not ${ifRevision}: somebody has changed it; read it again`,
        );
      if (definition.ownerResource !== undefined && owner !== row.ownerResource)
        throw InvalidInputError.at(
          [ownerPath],
          `an automation keeps its owner, ${row.ownerResource ?? "none"}; ${owner ?? "none"} would be another one`,
        );
      const change = changedAutomation(storedAutomation(row), definition, ctx.newId);
      if (change === null) return false;
      tx.last(appendVersions([await changeAutomation(tx, ctx, row, change)]));
      return true;
    }),
  );
  if (changed) ctx.bus.notify("events");
  return id.toLowerCase();
}
