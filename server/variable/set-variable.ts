import sql from "sql-template-tag";
import { mask } from "../../core/block/secret-places.ts";
import { InvalidInputError, type Issue } from "../../core/error.ts";
import { type Json, jsonProblem } from "../../core/json.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { sealValue } from "./sealed-value.ts";

/** Bytes of a value's JSON: a template that reads variables gets all of them. */
const largestValue = 16 * 1024;
const mostVariables = 1000;

export interface SetVariableArgs {
  name: string;
  /**
   * Of a variable that is secret, or is made so: where it is left out, or given as `********`, it is the one that is there. Else
   * null where it is left out.
   */
  value?: unknown;
  /** Where it is left out, the variable stays what it is; a new one is plain. */
  secret?: boolean | null | undefined;
}

/**
 * Gives a variable its value, new or instead of the one it has. A secret value is stored sealed. A secret variable becomes a plain one
 * with a new value only: nobody learns the one it had by that.
 *
 * @returns its id
 * @throws InvalidInputError
 */
export async function setVariable(ctx: Context, args: SetVariableArgs): Promise<string> {
  const { name, value } = args;
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
  for (;;) {
    const id = await ctx.db.transaction((tx) => store(tx, ctx, args));
    // Somebody else has made it since it was looked for: then it is that one that gets the value.
    if (id !== null) return id;
  }
}

interface There {
  id: string;
  value: Json;
  sealed: string | null;
}

/** @returns its id; null where there is one by now that was not there before */
async function store(tx: Executor, ctx: Context, args: SetVariableArgs): Promise<string | null> {
  const { name } = args;
  const [there] = await tx.query<There>(
    sql`SELECT id, value, sealed FROM variable WHERE name = ${name} FOR UPDATE`,
  );
  const id = there?.id ?? ctx.newId();
  const { shown, sealed } = stored(ctx, id, args, there ?? null);
  if (there !== undefined) {
    await tx.query(sql`
      UPDATE variable SET value = ${JSON.stringify(shown)}::json, sealed = ${sealed}, updated_at = clock_timestamp()
      WHERE id = ${id}::uuid`);
    return id;
  }
  const [counted] = await tx.query<{ full: boolean }>(
    sql`SELECT count(*) >= ${mostVariables} AS full FROM variable`,
  );
  if (counted?.full)
    throw InvalidInputError.at(["name"], `there are ${mostVariables} variables already; delete some first`);
  const [made] = await tx.query<{ id: string }>(sql`
    INSERT INTO variable (id, name, value, sealed)
    VALUES (${id}::uuid, ${name}, ${JSON.stringify(shown)}::json, ${sealed})
    ON CONFLICT (name) DO NOTHING RETURNING id`);
  return made?.id ?? null;
}

/** What the row holds then. */
function stored(
  ctx: Context,
  id: string,
  { name, value, secret }: SetVariableArgs,
  there: There | null,
): { shown: Json; sealed: string | null } {
  const wasSecret = there !== null && there.sealed !== null;
  const isKept = value === undefined || value === mask;
  const given = (value ?? null) as Json; // what jsonProblem has found to be JSON
  if (!(secret ?? wasSecret)) {
    if (!wasSecret || !isKept) return { shown: given, sealed: null };
    throw InvalidInputError.at(
      ["value"],
      `${name} is secret and becomes a plain variable only with a new value: what it holds is not given away`,
    );
  }
  if (!isKept) return { shown: mask, sealed: sealValue(ctx, id, given) };
  if (there === null)
    throw InvalidInputError.at(["value"], `there is no ${name} whose value could be kept: give the secret`);
  return { shown: mask, sealed: there.sealed ?? sealValue(ctx, id, there.value) };
}
