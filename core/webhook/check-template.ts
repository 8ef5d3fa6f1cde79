import type { Issue } from "../error.ts";
import { isId } from "../id.ts";
import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import { isTemplate } from "../template/is-template.ts";
import { eventFields, kindOf, readResult } from "./read-result.ts";
import { reservedIssue } from "./reserved.ts";
import { readTemplate } from "./template.ts";

/** Characters of a template. */
const longestTemplate = 64 * 1024;

/** What of a template's shape can be seen to be wrong before any request has come; its texts are checked apart. */
export function shapeIssues(source: string, allowReserved: boolean): Issue[] {
  if (source.trim() === "") return [{ path: [], message: "is empty; it must say what a request becomes" }];
  if (source.length > longestTemplate)
    return [{ path: [], message: `has ${source.length} characters; at most ${longestTemplate} are taken` }];
  const template = readTemplate(source);
  if (template.mode === "text") return isTemplate(source) ? [] : [{ path: [], message: notJson(source) }];
  const { value } = template;
  const reading = readResult(placeholders(value));
  if (!reading.ok) return reading.issues;
  const list: Json[] = Array.isArray(value) ? value : [value];
  return list.flatMap((event, at) =>
    isJsonObject(event) ? eventIssues(event, Array.isArray(value) ? [String(at)] : [], allowReserved) : [],
  );
}

function eventIssues(event: JsonObject, path: readonly string[], allowReserved: boolean): Issue[] {
  const issues: Issue[] = [];
  const refuse = (field: string[], message: string) => issues.push({ path: [...path, ...field], message });
  const { event: name, resource, related, payload = null } = event;
  const reserved = typeof name === "string" ? reservedIssue(name, allowReserved) : null;
  if (reserved !== null) refuse(["event"], reserved);
  labelIssues(resource, ["resource"], ["prefect.resource.id"], refuse);
  if (Array.isArray(related))
    for (const [at, each] of related.entries())
      labelIssues(each, ["related", String(at)], ["prefect.resource.id", "prefect.resource.role"], refuse);
  for (const field of ["id", "follows"]) {
    const id = event[field];
    if (typeof id === "string" && id !== "" && !isTemplate(id) && !isId(id))
      refuse([field], `must be a UUID, and is ${kindOf(id)}`);
  }
  if (payload !== null && !isJsonObject(payload))
    refuse(["payload"], `must be an object, and is ${kindOf(payload)}`);
  return issues;
}

function labelIssues(
  given: Json | undefined,
  path: string[],
  needed: readonly string[],
  refuse: (path: string[], message: string) => void,
): void {
  if (!isJsonObject(given)) {
    refuse(path, `must be an object of labels, and is ${kindOf(given)}`);
    return;
  }
  for (const label of needed) {
    const value = given[label];
    if (value === undefined || value === null || value === "")
      refuse([...path, label], "is required: a text that is not empty");
  }
  for (const [label, value] of Object.entries(given))
    if (typeof value === "object" && value !== null)
      refuse([...path, label], `a label is a text, and this is ${kindOf(value)}`);
}

/** The template with a text in the place of every one that is rendered, so that what is fixed can be checked. */
function placeholders(value: Json): Json {
  if (Array.isArray(value)) return value.map(placeholders);
  if (!isJsonObject(value)) return value;
  const moments = ["id", "occurred", "follows"];
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) =>
      moments.includes(field) && typeof inner === "string" && isTemplate(inner)
        ? [field, null]
        : [field, inner],
    ),
  );
}

function notJson(source: string): string {
  try {
    JSON.parse(source);
    return "must be a JSON object, a list of them, or a template that makes one";
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `is neither JSON (${why}) nor a template such as {{ body|tojson }}; an event has the fields ${eventFields.join(", ")}`;
  }
}
