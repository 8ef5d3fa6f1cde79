import { LabelTree, type TemplateContext, Thing } from "../../core/template/value.ts";

/** The run that the event is about. */
export const runId = "0198f3a2-0000-7000-8000-000000000001";
export const related: Record<string, string>[] = [
  {
    "prefect.resource.id": "prefect.work-pool.a",
    "prefect.resource.name": "first",
    "prefect.resource.role": "work-pool",
  },
  {
    "prefect.resource.id": "prefect.work-pool.b",
    "prefect.resource.name": "second",
    "prefect.resource.role": "work-pool",
  },
  { "prefect.resource.id": "prefect.tag.t", "prefect.resource.role": "tag" },
];
export const resource = {
  "prefect.resource.id": `prefect.flow-run.${runId}`,
  "prefect.resource.name": "bold-owl",
  "a.b": "1",
  "a.b.c": "2",
};
export const occurred = new Date("2026-11-21T09:30:05.250Z");
export const event = new Thing("event", {
  id: "e1",
  event: "order.complete",
  occurred,
  received: occurred,
  resource: new LabelTree(resource),
  related: related.map((labels) => new LabelTree(labels)),
  payload: { n: 10, name: "Ada", list: [1, 2], ok: true, nothing: null },
  follows: null,
});
const flowRun = new Thing("flow-run", {
  id: runId,
  name: "bold-owl",
  tags: ["etl"],
  state: { name: "Failed", timestamp: occurred },
});
/** What templates see in tests: an event, what it is about, and some names. */
export const context: TemplateContext = {
  event,
  flow_run: flowRun,
  flow: null,
  deployment: new Thing("deployment", { id: "d1", name: "nightly", version: "2", parameters: { a: 1 } }),
  automation: new Thing("automation", { id: "a1", name: "tell" }),
  labels: new LabelTree({ "i.am.so": "deep", "prefect.resource.id": "x" }),
  events: [event],
  now: new Date("2026-11-21T12:00:00Z"),
  a: 1,
  b: 2,
};
