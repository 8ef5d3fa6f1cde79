import sql from "sql-template-tag";
import { AlreadyExistsError, InvalidInputError, type Issue } from "../../core/error.ts";
import { jsonProblem } from "../../core/json.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { appendEvents } from "../event/append-events.ts";
import { checkFinished, type FinishedInputs, finishInputs } from "../run-input/finish-inputs.ts";

export interface SaveBlockArgs {
  type: string;
  name: string;
  data?: unknown;
  overwrite?: boolean | null | undefined;
  /** The inputs that this document is the outcome of: they are finished with where it is stored, and only there. */
  finished?: FinishedInputs | null | undefined;
}

const longestName = 255;

/**
 * Stores a block under its type and name, in one transaction with what it finishes: both, or nothing.
 *
 * @returns its id
 * @throws AlreadyExistsError where it is there and `overwrite` was not said
 * @throws InvalidInputError
 * @throws NotFoundError, StaleExecutionError of the run whose inputs are finished with
 */
export async function saveBlock(ctx: Context, args: SaveBlockArgs): Promise<string> {
  const { type, name, data, finished } = args;
  const issues = blockIssues(ctx, type, name, data);
  if (issues.length > 0) throw new InvalidInputError(issues);
  if (finished == null) return storeBlock(ctx.db, ctx.newId(), args);
  checkFinished(finished, ["finished"]);
  const saved = await ctx.db.transaction(async (tx) => {
    const events = await finishInputs(tx, ctx, finished, ["finished"]);
    if (events.length > 0) tx.last(appendEvents(events));
    return storeBlock(tx, ctx.newId(), args);
  });
  ctx.bus.notify("events");
  return saved;
}

async function storeBlock(
  db: Executor,
  id: string,
  { type, name, data, overwrite }: SaveBlockArgs,
): Promise<string> {
  const conflict = overwrite
    ? sql`DO UPDATE SET data = excluded.data, updated_at = clock_timestamp()`
    : sql`DO NOTHING`;
  const [saved] = await db.query<{ id: string }>(sql`
    INSERT INTO block (id, type, name, data) VALUES (${id}::uuid, ${type}, ${name}, ${JSON.stringify(data)}::json)
    ON CONFLICT (type, name) ${conflict} RETURNING id`);
  if (saved !== undefined) return saved.id;
  throw new AlreadyExistsError(
    `there is a block ${JSON.stringify(name)} of type ${type} already; save it with overwrite to replace it`,
  );
}

function blockIssues(ctx: Context, type: string, name: string, data: unknown): Issue[] {
  const issues: Issue[] = [];
  if (type !== "json")
    issues.push({ path: ["type"], message: `${JSON.stringify(type)} is no type of block; there is "json"` });
  if (name === "" || name.length > longestName || jsonProblem(name) !== null) {
    issues.push({
      path: ["name"],
      message: `a name has 1 to ${longestName} characters of text; this one has ${name.length}`,
    });
  }
  const problem = jsonProblem(data ?? null, { maxBytes: ctx.settings.maxValueBytes });
  if (problem !== null) issues.push({ path: ["data", ...problem.path], message: problem.message });
  else if (!isJsonData(data)) {
    issues.push({
      path: ["data"],
      message: 'the data of a json block is an object of the one field "value"',
    });
  }
  return issues;
}

function isJsonData(data: unknown): boolean {
  return (
    typeof data === "object" && data !== null && !Array.isArray(data) && Object.keys(data).join() === "value"
  );
}
