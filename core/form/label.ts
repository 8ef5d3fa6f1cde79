import type { Json, JsonObject } from "../json.ts";

/** A property's name in words: `shirtSize` and `shirt_size` are "Shirt size". */
export function inWords(name: string): string {
  const words = name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .split(/[\s_.-]+/)
    .filter((word) => word !== "")
    .map((word) => (/^\p{Lu}{2,}\d*$/u.test(word) ? word : word.toLowerCase()));
  const text = words.join(" ");
  return text === "" ? name : text.charAt(0).toUpperCase() + text.slice(1);
}

export function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/** How a constant reads in a list of choices. */
export function choiceLabel(value: Json): string {
  if (typeof value === "string") return value === "" ? "(empty)" : value;
  return value === null ? "none" : JSON.stringify(value);
}

const typeNames: Record<string, string> = {
  string: "Text",
  number: "Number",
  integer: "Whole number",
  boolean: "Yes or no",
  array: "List",
  object: "Fields",
  null: "None",
};

const formatNames: Record<string, string> = {
  date: "Date",
  "date-time": "Date and time",
  time: "Time",
  duration: "Duration",
  email: "Email",
  uri: "Link",
  uuid: "UUID",
};

/** What a branch of a union is called: its title, else the constant that marks it, else its type. */
export function branchLabel(schema: JsonObject, mark: Json | undefined): string {
  const title = textOf(schema.title);
  if (title !== undefined) return title;
  if (mark !== undefined) return typeof mark === "string" ? inWords(mark) : choiceLabel(mark);
  if (schema.const !== undefined) return choiceLabel(schema.const);
  if (Array.isArray(schema.enum)) return "Choice";
  if (typeof schema.format === "string") return formatNames[schema.format] ?? "Text";
  return typeof schema.type === "string" ? (typeNames[schema.type] ?? schema.type) : "JSON";
}
