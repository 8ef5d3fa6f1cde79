import type { ErrorObject, ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { Issue } from "../error.ts";
import { type Json, jsonProblem, toJson } from "../json.ts";
import { explainError } from "./explain.ts";
import { fillDefaults } from "./fill-defaults.ts";
import { ownFormats } from "./formats.ts";
import { nounsOf, showValue } from "./issue-text.ts";
import { jsonType, typesOf } from "./json-type.ts";
import { typeNames } from "./malformed.ts";
import { prepare, STEP } from "./prepare.ts";
import { addRefinements, refinementError, refinementIssues } from "./refinement-keyword.ts";
import { regExp } from "./regular-expression.ts";
import { isSchema, type JsonSchema } from "./schema.ts";
import { candidates } from "./union.ts";

export type CheckResult = { ok: true; value: Json } | { ok: false; issues: Issue[] };

/**
 * Checks one value. The result's value is a copy with defaults filled in; the value given is never changed. Refused too are values that
 * could not be stored: what is no JSON, NUL and lone surrogates, and more than 64 levels.
 */
export type Check = (value: unknown) => CheckResult;

/** The schema cannot be used to check values; the message says why. */
export class UnusableSchema extends Error {
  override readonly name = "UnusableSchema";
}

/** How many referenced schemas one check may enter: more than any value of a sensible size needs. */
const MAX_STEPS = 200_000;
const MAX_ISSUES = 100;

class TooIntricate extends Error {}

/** The check of a schema. Throws `UnusableSchema` for one that is malformed, too large, or refers outside itself. */
export function compileCheck(schema: JsonSchema): Check {
  const budget = { left: 0 };
  const ajv = validator(schema, budget);
  const { root, validate } = compile(ajv, schema);

  const refusals = (test: ValidateFunction, value: Json, path: string[]): Issue[] => {
    if (test(value)) return [];
    const errors = withoutBranches(test.errors ?? []).map((error) => {
      const place = [...path, ...tokens(error.instancePath)];
      return { error, place, refined: refinementError(error, place) };
    });
    const issues = errors.flatMap(({ error, place, refined }) =>
      refined === null ? issuesOf(error, place) : [],
    );
    const refined = errors.flatMap((one) => one.refined ?? []);
    return [...issues, ...refinementIssues(refined, issues)];
  };

  const issuesOf = (error: ErrorObject, path: string[]): Issue[] => {
    const failedUnion = isUnion(error) && !Array.isArray(error.params.passingSchemas);
    if (!failedUnion || !Array.isArray(error.schema)) return [explainError(error, path)];
    return unionIssues(error.schema.filter(isSchema), error.data as Json, path);
  };

  // What the value was meant for says best what is wrong with it; where that is not clear, the member that it fits best.
  const unionIssues = (members: JsonSchema[], value: Json, path: string[]): Issue[] => {
    const meant = candidates(root, members, value);
    const ofType =
      meant.length > 0 ? meant : members.filter((one) => typesOf(root, one).has(jsonType(value)));
    if (ofType.length === 0) {
      const taken = new Set(members.flatMap((member) => [...typesOf(root, member)]));
      return [{ path, message: `must be ${nounsOf(taken)}, not ${showValue(value)}` }];
    }
    const tried = ofType
      .filter((member) => typeof member === "object")
      .map((member) => refusals(ajv.compile(member), value, path))
      .sort((a, b) => a.length - b.length);
    const [best] = tried;
    if (best !== undefined && tried.length === 1) return best;
    const nearest = (best ?? []).map((issue) =>
      `${issue.path.slice(path.length).join(".")} ${issue.message}`.trim(),
    );
    const hint = nearest.length > 0 ? `; the nearest says: ${nearest.slice(0, 3).join("; ")}` : "";
    return [{ path, message: `fits none of the ${members.length} forms that are taken here${hint}` }];
  };

  return (value) => {
    const problem = jsonProblem(value);
    if (problem !== null) return { ok: false, issues: [problem] };
    const json = toJson(value);
    if (!json.ok) return { ok: false, issues: [{ path: json.path, message: json.message }] };
    const filled = fillDefaults(schema, json.value);
    budget.left = MAX_STEPS;
    try {
      const deep = jsonProblem(filled);
      if (deep !== null) return { ok: false, issues: [deep] };
      const issues = refusals(validate, filled, []);
      return issues.length === 0 ? { ok: true, value: filled } : { ok: false, issues: distinct(issues) };
    } catch (error) {
      // RangeError: a schema that refers to itself without going into the value uses up the stack.
      if (!(error instanceof TooIntricate || error instanceof RangeError)) throw error;
      return {
        ok: false,
        issues: [{ path: [], message: "is too intricate to be checked against its schema" }],
      };
    }
  };
}

function validator(root: JsonSchema, budget: { left: number }): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    verbose: true,
    ownProperties: true,
    // So that 0.3 is a multiple of 0.1, as it is for Zod.
    multipleOfPrecision: 10,
    meta: false,
    validateSchema: false,
    logger: false,
    code: { regExp },
  });
  addFormats.default(ajv);
  for (const [name, test] of Object.entries(ownFormats)) ajv.addFormat(name, test);
  addRefinements(ajv, root);
  ajv.addKeyword({
    keyword: STEP,
    errors: false,
    validate: () => {
      budget.left -= 1;
      if (budget.left < 0) throw new TooIntricate();
      return true;
    },
  });
  return ajv;
}

function compile(ajv: Ajv2020, schema: JsonSchema): { root: JsonSchema; validate: ValidateFunction } {
  try {
    const root = prepare(schema);
    return { root, validate: ajv.compile(root) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const type = /^type must be JSONType or JSONType\[\]: (.*)$/s.exec(message)?.[1];
    throw new UnusableSchema(
      type === undefined
        ? `the schema ${message}`
        : `the schema names the type ${JSON.stringify(type)}; there are ${typeNames.join(", ")}`,
    );
  }
}

function isUnion(error: ErrorObject): boolean {
  return error.keyword === "anyOf" || error.keyword === "oneOf";
}

/** The errors that are told: not those of the members of a failed union, which come before the union's own. */
function withoutBranches(errors: readonly ErrorObject[]): ErrorObject[] {
  const kept: ErrorObject[] = [];
  for (const error of errors) {
    // What is wrong with a name is told of the property that bears it.
    if (error.keyword === "if" || (error.propertyName !== undefined && error.keyword !== "propertyNames"))
      continue;
    if (isUnion(error)) {
      while (kept.length > 0 && isAtOrBelow(kept[kept.length - 1], error)) kept.pop();
    }
    kept.push(error);
  }
  return kept;
}

function isAtOrBelow(inner: ErrorObject | undefined, outer: ErrorObject): boolean {
  return (
    inner !== undefined &&
    (inner.instancePath === outer.instancePath || inner.instancePath.startsWith(`${outer.instancePath}/`))
  );
}

function tokens(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function distinct(issues: readonly Issue[]): Issue[] {
  const byText = new Map(issues.map((issue) => [JSON.stringify([issue.path, issue.message]), issue]));
  return [...byText.values()].slice(0, MAX_ISSUES);
}
