import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";

// Read as a text by YAML 1.1 and 1.2 alike; whatever else is written as JSON has it, which YAML takes too.
const plain = /^[A-Za-z_][\w./-]*(?: [\w./-]+)*$/;
const words = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf|e\d+)$/i;

/** A JSON value as a YAML document. */
export function yamlText(value: Json): string {
  return `${isBlock(value) ? lines(value).join("\n") : scalar(value)}\n`;
}

function lines(value: Json[] | JsonObject): string[] {
  if (Array.isArray(value)) return value.flatMap((member) => under("-", member));
  return Object.entries(value).flatMap(([key, member]) => under(`${text(key)}:`, member));
}

function under(head: string, value: Json): string[] {
  if (!isBlock(value)) return [`${head} ${scalar(value)}`];
  const inner = lines(value);
  // The first line of what is in a list stands beside its dash.
  if (head === "-") return inner.map((line, index) => `${index === 0 ? "- " : "  "}${line}`);
  return [head, ...inner.map((line) => `  ${line}`)];
}

function isBlock(value: Json): value is Json[] | JsonObject {
  if (Array.isArray(value)) return value.length > 0;
  return isJsonObject(value) && Object.keys(value).length > 0;
}

function scalar(value: Json): string {
  return typeof value === "string" ? text(value) : JSON.stringify(value);
}

function text(value: string): string {
  return plain.test(value) && !words.test(value) ? value : JSON.stringify(value);
}
