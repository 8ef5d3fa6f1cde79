import { either } from "../json-schema/issue-text.ts";
import type { JsonSchema } from "../json-schema/schema.ts";
import { readJson } from "./json-text.ts";
import { type Choice, type FieldKind, kindOf } from "./kind.ts";
import { readNumber } from "./number.ts";
import { resolve } from "./resolve.ts";
import type { FormValue } from "./value.ts";

export type TypedReading = { ok: true; value: FormValue } | { ok: false; message: string };

const yes = ["true", "yes", "y", "on"];
const no = ["false", "no", "n", "off"];

/** What somebody typed for a field, as a value of the type that its schema asks for. */
export function readTyped(root: JsonSchema, schema: JsonSchema, text: string): TypedReading {
  const resolved = resolve(root, schema);
  if (resolved === null) return refused("must be left out: nothing is taken here");
  return readKind(root, kindOf(root, resolved), text);
}

function readKind(root: JsonSchema, kind: FieldKind, text: string): TypedReading {
  switch (kind.kind) {
    case "constant":
      return readChoice([{ value: kind.value, label: JSON.stringify(kind.value) }], text);
    case "choice":
      return readChoice(kind.choices, text);
    case "choices": {
      if (text.trimStart().startsWith("[")) return json(text);
      const one = readChoice(kind.choices, text);
      return one.ok ? taken([one.value]) : one;
    }
    case "switch": {
      const word = text.trim().toLowerCase();
      if (yes.includes(word)) return taken(true);
      return no.includes(word) ? taken(false) : refused("must be true or false");
    }
    case "number": {
      const reading = readNumber(text);
      if (!reading.ok) return reading;
      return kind.integer && !Number.isInteger(reading.value) ? refused("must be a whole number") : reading;
    }
    case "text":
      return taken(text);
    case "none":
      return ["null", "none", ""].includes(text.trim()) ? taken(null) : refused("must be null");
    case "list": {
      if (text.trimStart().startsWith("[")) return json(text);
      const one = readTyped(root, kind.items, text);
      return one.ok ? taken([one.value]) : one;
    }
    case "union":
      return readUnion(root, kind, text);
    case "tuple":
    case "group":
    case "record":
      return json(text);
    case "json": {
      const reading = readJson(text);
      return taken(reading.ok && reading.value !== undefined ? reading.value : text);
    }
  }
}

/** As the first form that takes it; texts last, since they take everything. Text in quotes is text. */
function readUnion(
  root: JsonSchema,
  { branches }: FieldKind & { kind: "union" },
  text: string,
): TypedReading {
  const kinds = branches.map(({ schema }) => kindOf(root, schema));
  const [texts, others] = [true, false].map((wanted) =>
    kinds.filter((kind) => (kind.kind === "text") === wanted),
  );
  if (texts?.length && /^\s*"/.test(text)) {
    const reading = readJson(text);
    if (reading.ok && typeof reading.value === "string") return taken(reading.value);
  }
  const readings = [...(others ?? []), ...(texts ?? [])].map((kind) => readKind(root, kind, text));
  const found = readings.find(({ ok }) => ok);
  if (found) return found;
  const messages = readings.flatMap((reading) => (reading.ok ? [] : [reading.message]));
  return refused(either([...new Set(messages)]));
}

function readChoice(choices: readonly Choice[], text: string): TypedReading {
  const found =
    choices.find(({ value }) => value === text) ??
    choices.find(({ value, label }) => label === text || JSON.stringify(value) === text.trim());
  if (found) return taken(found.value);
  return refused(`must be ${either(choices.map(({ label }) => label))}`);
}

function json(text: string): TypedReading {
  const reading = readJson(text);
  return reading.ok && reading.value === undefined ? refused("must be JSON") : reading;
}

function taken(value: FormValue): TypedReading {
  return { ok: true, value };
}

function refused(message: string): TypedReading {
  return { ok: false, message };
}

/** What a field takes, in a few words: `one of S, M`, `a whole number`. */
export function takes(root: JsonSchema, schema: JsonSchema): string {
  const resolved = resolve(root, schema);
  if (resolved === null) return "nothing";
  const kind = kindOf(root, resolved);
  switch (kind.kind) {
    case "constant":
      return JSON.stringify(kind.value);
    case "choice":
      return `one of ${labels(kind.choices)}`;
    case "choices":
      return `any of ${labels(kind.choices)}`;
    case "switch":
      return "true or false";
    case "number":
      return kind.integer ? "a whole number" : "a number";
    case "text":
      return kind.format === null ? "a text" : `a text, ${kind.format}`;
    case "none":
      return "null";
    case "list":
      return `a list, each ${takes(root, kind.items)}`;
    case "union":
      return [...new Set(kind.branches.map(({ schema: branch }) => takes(root, branch)))].join(" or ");
    case "tuple":
      return "a list, as JSON";
    case "group":
    case "record":
      return "an object, as JSON";
    case "json":
      return "JSON";
  }
}

function labels(choices: readonly Choice[]): string {
  return choices.map(({ label }) => label).join(", ");
}
