import { itIs } from "../document/describe-value.ts";
import { Fields } from "../document/fields.ts";
import type { Given, Reading } from "../document/reading.ts";
import { readFlag, readText } from "../document/values.ts";
import { labelIssues } from "../event/check-labels.ts";
import type { Labels } from "../event/event.ts";
import { maxRelated } from "../event/fit.ts";
import { maxNameLength } from "../event/parse-event.ts";
import { isJsonObject, isPlainObject, type JsonObject } from "../json.ts";
import { isTemplate } from "../template/is-template.ts";
import type { EmitEvent } from "./action.ts";
import type { ActionKind } from "./action-kind.ts";
import { dataTemplates, type TemplateAt } from "./action-templates.ts";
import { textTemplates } from "./block-action.ts";
import { readTemplated } from "./read-parameters.ts";

/** What the names of the server's own events begin with: no action emits one of these. */
export const ownNames = "prefect.";

const fields = ["event", "resource", "related", "payload", "strict"];

export const emitEvent: ActionKind<EmitEvent> = {
  fields,
  readDocument: read,
  readInput(reading, given) {
    const input = Fields.of(reading, given);
    input?.only("emitEvent", fields);
    return read(reading, input);
  },
  settings: ({ event, resource, related, payload, strict }) => ({
    event,
    resource: { ...resource },
    ...(related.length > 0 && { related: related.map((labels) => ({ ...labels })) }),
    ...(Object.keys(payload).length > 0 && { payload }),
    ...(strict && { strict }),
  }),
  target: () => null,
  templates: ({ event, resource, related, payload }) => [
    ...textTemplates({ event }),
    ...labelTemplates("resource", { ...resource }),
    ...labelTemplates(
      "related",
      related.map((labels) => ({ ...labels })),
    ),
    ...dataTemplates("payload", payload),
  ],
};

/** Labels are texts, whatever their templates give. */
function labelTemplates(field: string, labels: JsonObject | JsonObject[]): TemplateAt[] {
  return dataTemplates(field, labels).map((template) => ({ ...template, as: "text" }));
}

function read(reading: Reading, given: Fields | null): EmitEvent {
  const resource = given?.require("resource") ?? null;
  return {
    type: "emit-event",
    event: readName(reading, given?.require("event") ?? null),
    resource: resource === null ? {} : readLabels(reading, resource, "primary"),
    related: readRelated(reading, given?.get("related") ?? null),
    payload: readPayload(reading, given?.get("payload") ?? null),
    strict: readFlag(reading, given?.get("strict") ?? null, false),
  };
}

function readName(reading: Reading, given: Given | null): string {
  const name = readText(reading, given, "");
  if (given === null || typeof given.value !== "string") return name;
  const characters = [...name].length;
  if (name === "") reading.refuse(given.path, "must not be empty");
  else if (name.startsWith(ownNames))
    reading.refuse(given.path, `must not begin with "${ownNames}", as the server's own events do`);
  else if (!isTemplate(name) && characters > maxNameLength)
    reading.refuse(given.path, `must have at most ${maxNameLength} characters; it has ${characters}`);
  return name;
}

function readLabels(reading: Reading, { value, path }: Given, kind: "primary" | "related"): Labels {
  const issues = labelIssues(value, path, kind);
  for (const issue of issues) reading.refuse(issue.path, issue.message);
  return issues.length === 0 ? { ...(value as Labels) } : {}; // what labelIssues has found to be labels
}

function readRelated(reading: Reading, given: Given | null): Labels[] {
  if (given === null || given.value === null) return [];
  const { value, path } = given;
  if (!Array.isArray(value)) {
    reading.refuse(path, `must be a list of objects of labels; ${itIs(value)}`);
    return [];
  }
  if (value.length > maxRelated)
    reading.refuse(path, `has ${value.length} related resources; at most ${maxRelated} are taken`);
  return Array.from(value, (item: unknown, index) =>
    readLabels(reading, { value: item, path: [...path, String(index)] }, "related"),
  );
}

function readPayload(reading: Reading, given: Given | null): JsonObject {
  if (given === null || given.value === null) return {};
  if (!isPlainObject(given.value)) {
    reading.refuse(given.path, `must be an object; ${itIs(given.value)}`);
    return {};
  }
  const payload = readTemplated(reading, given);
  return isJsonObject(payload) ? payload : {};
}
