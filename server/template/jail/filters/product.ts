import { member } from "../access.ts";
import { site } from "../site.ts";
import { textOf } from "../text.ts";
import { kindOf, Labels } from "../values.ts";
import { fromCloudEvent } from "./cloud-event.ts";
import { type Filter, filter, textFilter } from "./filter.ts";
import { urlPart } from "./web.ts";

/** The pages of the console, by the kind of what they show. */
const pages: Readonly<Record<string, string>> = {
  "flow-run": "/runs/",
  flow: "/flows/",
  deployment: "/deployments/",
  "work-pool": "/work-pools/",
  "work-queue": "/work-queues/",
  automation: "/automations/",
  "block-document": "/blocks/",
  event: "/events/",
  "task-run": "/task-runs/",
};

/** The kinds whose events can be looked for. */
const subjects = ["automation", "deployment", "flow", "flow-run", "task-run", "work-queue", "work-pool"];

/** What a value is, and which one: an object of the context, or a resource. */
function subjectOf(value: unknown): { kind: string; id: string } | null {
  if (value instanceof Labels) {
    const found = /^prefect\.([a-z-]+)\.(.+)$/.exec(textOf(value.step("id")));
    return found === null ? null : { kind: found[1] ?? "", id: found[2] ?? "" };
  }
  const kind = kindOf(value);
  const id = member(value, "id");
  return kind === undefined || typeof id !== "string" ? null : { kind, id };
}

function uiUrl(value: unknown): string {
  const subject = subjectOf(value);
  const page = subject !== null && Object.hasOwn(pages, subject.kind) ? pages[subject.kind] : undefined;
  return subject === null || page === undefined ? "" : `${site.url}${page}${urlPart(subject.id, "")}`;
}

function eventsUrl(value: unknown): string {
  if (value instanceof Labels) {
    const id = value.step("id");
    return typeof id === "string" ? feed(id) : "";
  }
  const subject = subjectOf(value);
  return subject !== null && subjects.includes(subject.kind)
    ? feed(`prefect.${subject.kind}.${subject.id}`)
    : "";
}

function feed(resource: string): string {
  return `${site.url}/events?resource=${urlPart(resource, "")}`;
}

const runId = /flow-run\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/i;

export const productFilters: Record<string, Filter> = {
  ui_url: filter("ui_url", [], uiUrl),
  ui_resource_events_url: filter("ui_resource_events_url", [], eventsUrl),
  flow_run_id: (value, args) =>
    value === null ? "" : textFilter("flow_run_id", [], (text) => runId.exec(text)?.[1] ?? "")(value, args),
  from_cloud_event: filter("from_cloud_event", ["headers"], fromCloudEvent),
};
