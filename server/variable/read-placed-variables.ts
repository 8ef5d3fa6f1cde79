import sql from "sql-template-tag";
import type { Json, JsonObject } from "../../core/json.ts";
import { type PlacedVariable, UnresolvedError } from "../../core/template/rendering.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { openValue } from "./sealed-value.ts";

/** What placeholders for variables stand for. */
export interface PlacedValues {
  /** By the variables' names; those that are not there are left out. */
  readonly values: JsonObject;
  /** Where there is a secret one. */
  readonly secretPlaces: readonly (readonly string[])[];
}

/**
 * The values of the variables that placeholders ask for by name, the secret ones too: whoever writes a placeholder decides where
 * the value goes.
 *
 * @throws UnresolvedError where a secret cannot be opened
 */
export async function readPlacedVariables(
  db: Executor,
  ctx: Context,
  placed: readonly PlacedVariable[],
): Promise<PlacedValues> {
  // Postgres has no text with NUL: nothing is named so.
  const names = [...new Set(placed.map(({ name }) => name))].filter((name) => !name.includes("\0"));
  if (names.length === 0) return { values: {}, secretPlaces: [] };
  const rows = await db.query<Row>(
    sql`SELECT id, name, value, sealed FROM variable WHERE name = ANY(${names}::text[])`,
  );
  const secret = new Set(rows.flatMap(({ name, sealed }) => (sealed === null ? [] : [name])));
  const secretPlaces = placed.filter(({ name }) => secret.has(name)).map(({ path }) => path);
  return {
    values: Object.fromEntries(rows.map((row) => [row.name, openedValue(ctx, row, placed)])),
    secretPlaces,
  };
}

interface Row {
  id: string;
  name: string;
  value: Json;
  sealed: string | null;
}

function openedValue(
  ctx: Context,
  { id, name, value, sealed }: Row,
  placed: readonly PlacedVariable[],
): Json {
  if (sealed === null) return value;
  try {
    return openValue(ctx, id, sealed);
  } catch (error) {
    const path = placed.find((one) => one.name === name)?.path;
    throw new UnresolvedError(
      `Variable '${name}' cannot be read: ${error instanceof Error ? error.message : error}`,
      path,
    );
  }
}
