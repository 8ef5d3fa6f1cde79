import sql from "sql-template-tag";
import type { AutomationDefinition } from "../../core/automation/automation.ts";
import { InvalidInputError, type Issue } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import { isUniqueViolation } from "../run-input/postgres-error.ts";
import { isStorable } from "./automation-filter.ts";

/** The refusal of a name that another automation of the same owner has. */
export function nameTaken(name: string, owner: string | null): InvalidInputError {
  const whose = owner === null ? "" : ` of ${owner}`;
  return InvalidInputError.at(
    ["name"],
    `there is an automation${whose} named ${JSON.stringify(name)} already; choose another name, or apply the document to replace it`,
  );
}

/** Does what may give an automation a name that is taken. @throws InvalidInputError at `name` */
export async function refusingTakenName<T>(
  name: string,
  owner: string | null,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isUniqueViolation(error) ? nameTaken(name, owner) : error;
  }
}

/** That the name is taken now, by an automation other than the one of this id; nothing where it is free. */
export async function takenName(
  ctx: Context,
  { name, ownerResource }: AutomationDefinition,
  id: string | null,
): Promise<readonly Issue[]> {
  // What Postgres cannot store nobody has, and its own problem is told.
  if (!isStorable(name) || !isStorable(ownerResource ?? "")) return [];
  const itself = id !== null && isId(id) ? id : null;
  const [other] = await ctx.db.query<{ owner: string | null }>(sql`
    SELECT other.owner_resource AS owner
    FROM automation other LEFT JOIN automation itself ON itself.id = ${itself}::uuid
    WHERE other.name = ${name} AND other.deleted_at IS NULL AND other.id IS DISTINCT FROM itself.id
      AND COALESCE(other.owner_resource, '') = COALESCE(itself.owner_resource, ${ownerResource ?? ""})
    LIMIT 1`);
  return other === undefined ? [] : nameTaken(name, other.owner).issues;
}
