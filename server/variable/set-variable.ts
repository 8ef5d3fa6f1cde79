import sql from "sql-template-tag";
import { InvalidInputError, type Issue } from "../../core/error.ts";
import { jsonProblem } from "../../core/json.ts";
import type { Context } from "../context.ts";

/** Bytes of a value's JSON: a template that reads variables gets all of them. */
const largestValue = 16 * 1024;
const mostVariables = 1000;

/**
 * Gives a variable its value, new or instead of the one it has.
 *
 * @returns its id
 * @throws InvalidInputError
 */
export async function setVariable(
  ctx: Context,
  { name, value }: { name: string; value?: unknown },
): Promise<string> {
  const issues: Issue[] = [];
  if (!/^[A-Za-z_][\w-]{0,254}$/.test(name)) {
    issues.push({
      path: ["name"],
      message: `must be up to 255 letters, digits, - and _, beginning with a letter or _; it is ${JSON.stringify(name.slice(0, 300))}`,
    });
  }
  const problem = jsonProblem(value ?? null, { maxBytes: largestValue });
  if (problem !== null) issues.push({ path: ["value", ...problem.path], message: problem.message });
  if (issues.length > 0) throw new InvalidInputError(issues);
  const [saved] = await ctx.db.query<{ id: string }>(sql`
    INSERT INTO variable (id, name, value)
    SELECT ${ctx.newId()}::uuid, ${name}, ${JSON.stringify(value ?? null)}::json
    WHERE EXISTS (SELECT FROM variable WHERE name = ${name}) OR (SELECT count(*) FROM variable) < ${mostVariables}
    ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = clock_timestamp()
    RETURNING id`);
  if (saved !== undefined) return saved.id;
  throw InvalidInputError.at(["name"], `there are ${mostVariables} variables already; delete some first`);
}
