import { isPlainObject, type Json, toJson } from "../../core/json.ts";
import { type InputIssue, InputValidationError } from "../../core/run-input/errors.ts";
import { issueLine, placeText } from "./issue-line.ts";

/** Which values inside a document have keys of ours too; all others are the user's own and stay as they are. */
interface Shape {
  [key: string]: Shape | undefined;
}

const trigger: Shape = { metric: {} };
trigger.triggers = trigger;
const action: Shape = { retry: {} };

export const shapes = {
  automation: { trigger, actions: action, actions_on_trigger: action, actions_on_resolve: action },
  deploymentTrigger: trigger,
} satisfies Record<string, Shape>;

/**
 * The document of what code has defined: keys in snake_case, sets as lists, nothing undefined. Throws InputValidationError
 * for a value that has no place in JSON.
 */
export function documentOf(what: string, definition: unknown, shape: Shape): Json {
  const json = toJson(renamed(definition, shape, snakeCase));
  if (json.ok) return json.value;
  throw refused(what, definition, [{ path: json.path, message: json.message }]);
}

/** What a document defines, as code has it: keys in camelCase. */
export function definitionOf(document: unknown, shape: Shape): unknown {
  return renamed(document, shape, camelCase);
}

/** The error of issues whose paths are a document's, with the keys that the code had. */
export function refused(
  what: string,
  definition: unknown,
  issues: ReadonlyArray<InputIssue>,
): InputValidationError {
  const found = issues.map((issue) => inCode(definition, issue));
  const text = found.map(issueLine).join("; ");
  return new InputValidationError(`${what} was refused: ${text}`, { input: definition, issues: found });
}

function inCode(definition: unknown, { path, message }: InputIssue): InputIssue {
  const inDocument = placeText(path);
  const found = pathInCode(definition, path);
  // A message may begin with the place that it is about.
  const rest = inDocument !== "" && message.startsWith(inDocument) ? message.slice(inDocument.length) : null;
  return { path: found, message: rest === null ? message : placeText(found) + rest };
}

function renamed(value: unknown, shape: Shape, rename: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, shape, rename));
  if (!isPlainObject(value)) return value;
  const result: Record<string, unknown> = {};
  for (const [key, given] of Object.entries(value)) {
    if (given === undefined) continue;
    const name = rename(key);
    if (Object.hasOwn(result, name))
      throw new TypeError(`${JSON.stringify(key)} is given twice, in two spellings`);
    const inside = shape[snakeCase(key)];
    if (inside) result[name] = renamed(given, inside, rename);
    else result[name] = given instanceof Set ? [...given] : given;
  }
  return result;
}

function pathInCode(definition: unknown, path: ReadonlyArray<PropertyKey>): PropertyKey[] {
  let at = definition;
  return path.map((step) => {
    const name = String(step);
    const inCode = isPlainObject(at) && !Object.hasOwn(at, name) ? camelCase(name) : name;
    const found = isPlainObject(at) && Object.hasOwn(at, inCode) ? inCode : name;
    // Only looked at: a path may lead through anything.
    at = typeof at === "object" && at !== null ? (at as Record<string, unknown>)[found] : undefined;
    return found;
  });
}

function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function camelCase(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
