import { branchFor } from "../../../core/form/branch.ts";
import { kindOf } from "../../../core/form/kind.ts";
import { resolve } from "../../../core/form/resolve.ts";
import { type FormValue, type Path, valueAt } from "../../../core/form/value.ts";
import type { JsonObject } from "../../../core/json.ts";
import { fieldsOfRefinement, parseRefinements, REFINEMENTS } from "../../../core/json-schema/refinement.ts";
import type { JsonSchema } from "../../../core/json-schema/schema.ts";

const MAX_STEPS = 64;

/** The names of all fields that share a refinement with the one at the path, itself included; none where there is no refinement. */
export function tiedTo(root: JsonSchema, value: FormValue, path: Path): string[] {
  const name = path.at(-1);
  const holder = name === undefined ? null : schemaAt(root, root, value, path.slice(0, -1));
  if (name === undefined || holder === null) return [];
  const fields = refinementsOf(holder).map(fieldsOfRefinement);
  return [...new Set(fields.filter((one) => one.includes(name)).flat())];
}

function refinementsOf(schema: JsonObject) {
  try {
    return parseRefinements(schema[REFINEMENTS]);
  } catch {
    // What nobody can read is no rule here: the server has the last word.
    return [];
  }
}

/** The schema that a place of the value is drawn by; null where none is known. */
function schemaAt(
  root: JsonSchema,
  schema: JsonSchema,
  value: FormValue,
  path: Path,
  steps = 0,
): JsonObject | null {
  const resolved = resolve(root, schema);
  if (resolved === null || steps > MAX_STEPS) return null;
  const kind = kindOf(root, resolved);
  const go = (inner: JsonSchema | undefined, to: Path) =>
    inner === undefined
      ? null
      : schemaAt(root, inner, to === path ? value : valueAt(value, path.slice(0, 1)), to, steps + 1);
  if (kind.kind === "union")
    return go(kind.branches[branchFor(root, kind.branches, value) ?? -1]?.schema, path);
  const [step, ...rest] = path;
  if (step === undefined) return resolved;
  switch (kind.kind) {
    case "group":
      return go(kind.properties.find(({ name }) => name === step)?.schema ?? kind.others ?? undefined, rest);
    case "record":
      return go(kind.values, rest);
    case "list":
      return go(kind.items, rest);
    case "tuple":
      return go(kind.items[Number(step)], rest);
    default:
      return null;
  }
}
