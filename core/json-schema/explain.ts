import type { ErrorObject } from "ajv";
import type { Issue } from "../error.ts";
import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";
import { formatName } from "./formats.ts";
import { clip, either, nounsOf, showConstant, showValue } from "./issue-text.ts";
import { FORMAT_NAME } from "./prepare.ts";
import { compilePattern } from "./regular-expression.ts";

/** The issue of one keyword's refusal, at the place that it is about: a missing or unknown property has its own. */
export function explainError(error: ErrorObject, path: string[]): Issue {
  // Both are JSON: the validator was given a JSON schema and a JSON value.
  const value = error.data as Json;
  const limit = error.params.limit as Json;
  const at = (message: string): Issue => ({ path, message });
  switch (error.keyword) {
    case "required":
    case "dependentRequired":
      return propertyIssue(path, error.params.missingProperty, "is required");
    case "additionalProperties":
      return propertyIssue(path, error.params.additionalProperty, "is not a field here; take it out");
    case "unevaluatedProperties":
      return propertyIssue(path, error.params.unevaluatedProperty, "is not a field here; take it out");
    case "propertyNames":
      return propertyIssue(path, error.params.propertyName, nameMessage(error.schema));
    case "type":
      return at(`must be ${nounsOf([error.params.type].flat())}, not ${showValue(value)}`);
    case "enum":
      return at(`must be ${oneOf(error.schema)}, not ${showValue(value)}`);
    case "const":
      return at(`must be ${showConstant(error.params.allowedValue)}, not ${showValue(value)}`);
    case "format":
      return at(`must be a valid ${formatName(error.params.format)}, not ${showValue(value)}`);
    case "pattern":
      return at(patternMessage(error, value));
    case "minLength":
      return at(
        limit === 1
          ? "must not be empty"
          : `must be at least ${limit} characters long, not ${lengthOf(value)}`,
      );
    case "maxLength":
      return at(`must be at most ${limit} characters long, not ${lengthOf(value)}`);
    case "minItems":
      return at(`must have at least ${count(limit)}, not ${lengthOf(value)}`);
    case "maxItems":
    case "items":
      return at(`must have at most ${count(limit)}, not ${lengthOf(value)}`);
    case "minimum":
    case "exclusiveMinimum":
    case "maximum":
    case "exclusiveMaximum":
      return at(`must be ${BOUNDS[error.keyword] ?? ""} ${limit}, not ${showValue(value)}`);
    case "multipleOf":
      return at(`must be a multiple of ${error.params.multipleOf}, not ${showValue(value)}`);
    case "uniqueItems":
      return at(`holds the same item twice, at ${error.params.j} and ${error.params.i}`);
    case "false schema":
      return at("must be left out: nothing is taken here");
    case "oneOf":
      return at("fits more than one of the forms that are taken here, and must fit exactly one");
    case "not":
      return at(`may not be ${showValue(value)}`);
    default:
      return at(error.message ?? `is refused by ${JSON.stringify(error.keyword)}`);
  }
}

const BOUNDS: Record<string, string> = {
  minimum: "at least",
  exclusiveMinimum: "more than",
  maximum: "at most",
  exclusiveMaximum: "less than",
};

function propertyIssue(path: string[], property: unknown, message: string): Issue {
  const name = String(property);
  return { path: [...path, name], message: `${JSON.stringify(name)} ${message}` };
}

function oneOf(allowed: unknown): string {
  const values = Array.isArray(allowed) ? allowed.map((value: Json) => showConstant(value)) : [];
  if (values.length <= 20) return either(values);
  return `one of ${values.slice(0, 20).join(", ")} and ${values.length - 20} others`;
}

function nameMessage(names: unknown): string {
  const allowed = isJsonObject(names as Json) ? (names as JsonObject).enum : undefined; // part of a JSON schema
  const message = "may not be the name of a field here";
  return Array.isArray(allowed) ? `${message}: it must be ${oneOf(allowed)}` : message;
}

// What the author says of a field tells people more than a pattern does.
function patternMessage(error: ErrorObject, value: Json): string {
  const pattern = String(error.params.pattern);
  const holder = (error.parentSchema ?? {}) as JsonObject; // part of a JSON schema
  const format = holder[FORMAT_NAME];
  const examples = Array.isArray(holder.examples) ? holder.examples.slice(0, 3) : [];
  const description = typeof holder.description === "string" ? clip(holder.description, LONGEST_WORDS) : "";
  const words = description === "" ? "" : ` (${description})`;
  if (typeof format === "string") {
    return `must be a valid ${formatName(format, compilePattern(pattern))}, not ${showValue(value)}`;
  }
  if (examples.length > 0)
    return `must be like ${either(examples.map(showConstant))}${words}, not ${showValue(value)}`;
  if (words !== "") return `must fit its description${words}, not ${showValue(value)}`;
  return `must match the pattern "${clip(pattern)}", not ${showValue(value)}`;
}

const LONGEST_WORDS = 200;

function lengthOf(value: Json): string {
  // A text's length is that in Unicode characters.
  if (typeof value === "string") return String(Array.from(value).length);
  return Array.isArray(value) ? String(value.length) : showValue(value);
}

function count(limit: Json): string {
  return limit === 1 ? "1 item" : `${limit} items`;
}
