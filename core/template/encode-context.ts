import type { Json } from "../json.ts";
import { HeaderMap, LabelTree, type TemplateContext, type TemplateValue, Thing } from "./value.ts";

/**
 * A context as JSON. What JSON has no form for is an object with the key `$`; an object of data that has such a key is wrapped itself, so
 * that no data is taken for anything else.
 */
export function encodeContext(context: TemplateContext): Json {
  return members(context);
}

function encode(value: TemplateValue): Json {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) return { $: "date", v: value.getTime() };
  if (value instanceof LabelTree) return { $: "labels", v: Object.entries(value.labels) };
  if (value instanceof Thing) return { $: "thing", k: value.kind, v: members(value.fields) };
  if (value instanceof HeaderMap) return { $: "headers", v: members(value.headers) };
  if (Array.isArray(value)) return value.map(encode);
  // An array was the only other kind of list.
  const fields = members(value as TemplateContext);
  return Object.hasOwn(value, "$") ? { $: "object", v: fields } : fields;
}

function members(fields: TemplateContext): { [name: string]: Json } {
  const encoded: [string, Json][] = [];
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined) encoded.push([name, encode(value)]);
  return Object.fromEntries(encoded);
}
