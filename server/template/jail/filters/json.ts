import { whole } from "../arguments.ts";
import { fits } from "../limits.ts";
import { json } from "../text.ts";
import { type Filter, filter } from "./filter.ts";

function indentText(indent: unknown): string {
  if (indent === undefined || indent === null) return "";
  const count = Math.max(0, whole("the indent of tojson", indent));
  fits(count);
  return " ".repeat(count);
}

const unsafe: Readonly<Record<string, string>> = {
  "<": "\\u003c",
  ">": "\\u003e",
  "&": "\\u0026",
  "'": "\\u0027",
};

export const jsonFilters: Record<string, Filter> = {
  tojson: filter("tojson", ["indent"], (value, indent) => json(value, indentText(indent))),
  tojson_html: filter("tojson_html", ["indent"], (value, indent) => {
    const text = json(value, indentText(indent)).replace(
      /[<>&']/g,
      (character) => unsafe[character] ?? character,
    );
    fits(text.length);
    return text;
  }),
  pprint: filter("pprint", ["verbose"], (value) => json(value, "  ")),
};
