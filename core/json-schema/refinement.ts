import type { Json, JsonObject } from "../json.ts";
import { isJsonObject, jsonEquals } from "../json.ts";

/**
 * The keyword under which the JSON Schema of an object says its refinements: a list of `Refinement`s, each of which the object must
 * satisfy. Validators that do not know it pass over it.
 */
export const REFINEMENTS = "x-antiphon-refinements";

export const operators = ["<", "<=", ">", ">=", "==", "!="] as const;
export type Operator = (typeof operators)[number];

/** A rule over several fields of one object. A field is given when it is there and not null. */
export type Refinement =
  /** `left operator right`, where both are given. */
  | { kind: "compare"; left: string; operator: Operator; right: string; message?: string }
  /** Where `field` is given, so are all that it needs. */
  | { kind: "requires"; field: string; needs: string[]; message?: string }
  /** Exactly one of the fields is given. */
  | { kind: "oneOfFields"; fields: string[]; message?: string };

/** Of one object, and of the fields of one refinement: more would make each object of a long list expensive. */
const MOST = 100;

/** The refinements that the keyword holds, none where it is left out. Throws for what is none. */
export function parseRefinements(keyword: Json | undefined): Refinement[] {
  if (keyword === undefined) return [];
  if (!Array.isArray(keyword)) throw new Error(`has ${shown(keyword)} as "${REFINEMENTS}", which is no list`);
  if (keyword.length > MOST)
    throw new Error(`has ${keyword.length} in "${REFINEMENTS}"; at most ${MOST} are taken`);
  return keyword.map((item) => {
    const refinement = isJsonObject(item) ? parse(item) : null;
    if (refinement === null)
      throw new Error(`has ${shown(item)} in "${REFINEMENTS}", which is no refinement; ${FORMS}`);
    return refinement;
  });
}

/** Every field that a refinement speaks of. */
export function fieldsOfRefinement(refinement: Refinement): string[] {
  switch (refinement.kind) {
    case "compare":
      return [refinement.left, refinement.right];
    case "requires":
      return [refinement.field, ...refinement.needs];
    case "oneOfFields":
      return refinement.fields;
  }
}

/** The keywords of a schema together with those of what it refers to: those beside the reference win, the refinements of both hold. */
export function besideTarget(target: JsonObject, beside: JsonObject): JsonObject {
  const [inner, outer] = [target[REFINEMENTS], beside[REFINEMENTS]];
  const both = { ...target, ...beside };
  if (!Array.isArray(inner) || !Array.isArray(outer)) return both;
  return { ...both, [REFINEMENTS]: joinRefinements(inner, outer) };
}

/** Both lists as one, each refinement once. */
export function joinRefinements<R>(inner: readonly R[], outer: readonly R[]): R[] {
  return [...inner, ...outer.filter((one) => !inner.some((other) => jsonEquals(one, other)))];
}

const FORMS =
  'it must be {"kind":"compare","left","operator","right"}, {"kind":"requires","field","needs":[…]} or ' +
  '{"kind":"oneOfFields","fields":[…]}, each about different fields and with a "message" or without';

function parse(item: JsonObject): Refinement | null {
  const { kind, message, ...rest } = item;
  if (message !== undefined && typeof message !== "string") return null;
  const refinement = parseKind(kind, rest);
  if (refinement === null) return null;
  const fields = fieldsOfRefinement(refinement);
  const distinct = new Set(fields).size === fields.length && fields.length >= 2 && fields.length <= MOST;
  if (!distinct) return null;
  return message === undefined ? refinement : { ...refinement, message };
}

function parseKind(kind: Json | undefined, given: JsonObject): Refinement | null {
  switch (kind) {
    case "compare": {
      const { left, operator: sign, right, ...others } = given;
      const operator = operators.find((one) => one === sign);
      if (typeof left !== "string" || typeof right !== "string" || operator === undefined) return null;
      return isEmpty(others) ? { kind, left, operator, right } : null;
    }
    case "requires": {
      const { field, needs, ...others } = given;
      if (typeof field !== "string" || !isTexts(needs)) return null;
      return isEmpty(others) ? { kind, field, needs } : null;
    }
    case "oneOfFields": {
      const { fields, ...others } = given;
      return isTexts(fields) && isEmpty(others) ? { kind, fields } : null;
    }
    default:
      return null;
  }
}

function isTexts(value: Json | undefined): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function isEmpty(others: JsonObject): boolean {
  return Object.keys(others).length === 0;
}

function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length <= 200 ? text : `${text.slice(0, 199)}…`;
}
