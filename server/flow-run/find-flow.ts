import sql from "sql-template-tag";
import { InvalidInputError } from "../../core/error.ts";
import { nameProblem } from "../../core/name.ts";
import type { Context } from "../context.ts";

/**
 * The id of the flow of this name, which is made known if it is not yet.
 *
 * @throws InvalidInputError for a name that is empty, too long, or holds `/` or `%`
 */
export async function findOrCreateFlow(ctx: Context, name: string, path: string[]): Promise<string> {
  checkName(name, path);
  const [known] = await ctx.db.query<{ id: string }>(sql`SELECT id FROM flow WHERE name = ${name}`);
  if (known !== undefined) return known.id;
  // Somebody else may create it between the two: then the update only gives its id back.
  const [created] = await ctx.db.query<{ id: string }>(sql`
    INSERT INTO flow (id, name) VALUES (${ctx.newId()}::uuid, ${name})
    ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id`);
  if (created === undefined) throw new Error(`flow ${name} was neither found nor created`);
  return created.id;
}

/** @throws InvalidInputError where a flow or deployment cannot have this name */
export function checkName(name: string, path: string[]): void {
  const problem =
    nameProblem(name) ??
    (/[/%\p{Cc}]/u.test(name)
      ? `${JSON.stringify(name)} holds a character that names must not have: "/", "%" or a control character`
      : null);
  if (problem !== null) throw InvalidInputError.at(path, problem);
}
