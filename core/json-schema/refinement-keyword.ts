import type { ErrorObject } from "ajv";
import type { Ajv2020 } from "ajv/dist/2020.js";
import type { DataValidateFunction } from "ajv/dist/types/index.js";
import type { Issue } from "../error.ts";
import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";
import { leadsTo } from "./leads-to.ts";
import { type RefinementIssue, refineValue } from "./refine-value.ts";
import { fieldsOfRefinement, parseRefinements, REFINEMENTS } from "./refinement.ts";
import { followRef, isSchema, type JsonSchema, own } from "./schema.ts";

/** Teaches the validator the keyword of refinements. What the keyword holds is refused when a schema is compiled. */
export function addRefinements(ajv: Ajv2020, root: JsonSchema): void {
  ajv.addKeyword({
    keyword: REFINEMENTS,
    type: "object",
    compile: (keyword: Json, parent): DataValidateFunction => {
      const refinements = parseRefinements(keyword);
      // In a union that a value may be meant for in several ways the defaults have not been filled in.
      const defaults = defaultsOf(root, parent, new Set(refinements.flatMap(fieldsOfRefinement)));
      const validate: DataValidateFunction = (object: JsonObject) => {
        const whole = { ...defaults, ...object };
        const issues = refinements.flatMap((refinement) => refineValue(refinement, whole));
        validate.errors = [{ keyword: REFINEMENTS, params: { issues } }];
        return issues.length === 0;
      };
      return validate;
    },
  });
}

/** A refusal by the refinements of the object at `path`. */
export interface RefinementError {
  path: string[];
  issues: RefinementIssue[];
}

/** What the validator's error says where it is one of refinements; null where it is any other. */
export function refinementError(error: ErrorObject, path: string[]): RefinementError | null {
  // Set by the keyword above.
  return error.keyword === REFINEMENTS ? { path, issues: error.params.issues as RefinementIssue[] } : null;
}

/** The issues of refinements, but of those only whose fields nothing else was wrong with. */
export function refinementIssues(errors: readonly RefinementError[], others: readonly Issue[]): Issue[] {
  const all = errors.map(({ path, issues }) => ({
    path,
    issues: issues.map(({ field, message, about }) => ({ path: [...path, field], message, about })),
  }));
  return all.flatMap(({ path, issues }) => {
    const deeper = all.filter((one) => one.path.length > path.length).flatMap((one) => one.issues);
    const blamed = [...others, ...deeper].map((issue) => issue.path);
    if (blamed.some((place) => place.length === path.length && leadsTo(path, place))) return [];
    return issues.flatMap(({ about, ...issue }) =>
      about.some((name) => blamed.some((place) => leadsTo([...path, name], place))) ? [] : [issue],
    );
  });
}

function defaultsOf(root: JsonSchema, schema: unknown, names: ReadonlySet<string>): JsonObject {
  // The validator gives the schema that holds the keyword, which is JSON.
  const properties = (schema as JsonObject).properties;
  if (!isJsonObject(properties)) return {};
  const entries = [...names].flatMap((name): [string, Json][] => {
    const declared = own(properties, name);
    const found = isSchema(declared) ? followRef(root, declared) : true;
    return typeof found === "boolean" || found.default === undefined ? [] : [[name, found.default]];
  });
  return Object.fromEntries(entries);
}
