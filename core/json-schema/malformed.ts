import type { Issue } from "../error.ts";
import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import { either, showValue } from "./issue-text.ts";
import { isSchema, LISTS, MAPS, own, SINGLE } from "./schema.ts";

export const typeNames = ["array", "boolean", "integer", "null", "number", "object", "string"];

interface Form {
  readonly keywords: readonly string[];
  readonly needed: string;
  readonly fits: (value: Json) => boolean;
}

const isText = (value: Json): value is string => typeof value === "string";

/** What the values of keywords have to be, as far as no schemas are in them. */
const forms: readonly Form[] = [
  {
    keywords: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
    needed: "a number",
    fits: (value) => typeof value === "number",
  },
  {
    keywords: ["multipleOf"],
    needed: "a number above 0",
    fits: (value) => typeof value === "number" && value > 0,
  },
  {
    keywords: [
      ...["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"],
      ...["minContains", "maxContains"],
    ],
    needed: "a whole number, 0 or more",
    fits: (value) => typeof value === "number" && Number.isInteger(value) && value >= 0,
  },
  { keywords: ["pattern", "format", "$ref"], needed: "a text", fits: isText },
  {
    keywords: ["required"],
    needed: "a list of names",
    fits: (value) => Array.isArray(value) && value.every(isText),
  },
  {
    keywords: ["enum"],
    needed: "a list of values, at least one",
    fits: (value) => Array.isArray(value) && value.length > 0,
  },
  { keywords: ["uniqueItems"], needed: "true or false", fits: (value) => typeof value === "boolean" },
  {
    keywords: ["dependentRequired"],
    needed: "an object of lists of names",
    fits: (value) =>
      isJsonObject(value) && Object.values(value).every((one) => Array.isArray(one) && one.every(isText)),
  },
];

/** Every place at which a value that is to be a JSON Schema is none, by what is needed there. Whether it can be used is not looked at. */
export function malformed(schema: Json, path: string[] = []): Issue[] {
  if (typeof schema === "boolean") return [];
  if (!isJsonObject(schema)) {
    const message = `a JSON Schema is an object, or true or false; this is ${showValue(schema)}`;
    return [{ path, message }];
  }
  return Object.keys(schema).flatMap((keyword) => keywordIssues(schema, keyword, [...path, keyword]));
}

function keywordIssues(schema: JsonObject, keyword: string, path: string[]): Issue[] {
  const value = own(schema, keyword) ?? null;
  const must = (be: string): Issue[] => [{ path, message: `must be ${be}, not ${showValue(value)}` }];
  if (SINGLE.includes(keyword)) {
    return isSchema(value) ? malformed(value, path) : must("a schema: an object, or true or false");
  }
  if (LISTS.includes(keyword)) {
    if (!Array.isArray(value) || value.length === 0) return must("a list of schemas");
    return value.flatMap((inner, index) => malformed(inner, [...path, String(index)]));
  }
  if (MAPS.includes(keyword)) {
    if (!isJsonObject(value)) return must("an object of schemas by their names");
    return Object.entries(value).flatMap(([name, inner]) => malformed(inner, [...path, name]));
  }
  if (keyword === "type") return typeIssues(value, path);
  const form = forms.find(({ keywords }) => keywords.includes(keyword));
  return form === undefined || form.fits(value) ? [] : must(form.needed);
}

function typeIssues(value: Json, path: string[]): Issue[] {
  const named = Array.isArray(value) ? value : [value];
  const unknown = named.filter((name) => !(isText(name) && typeNames.includes(name)));
  if (named.length > 0 && unknown.length === 0) return [];
  const known = either(typeNames.map((name) => JSON.stringify(name)));
  const [first = value] = unknown;
  return [{ path, message: `must be ${known}, or a list of these, not ${showValue(first)}` }];
}
