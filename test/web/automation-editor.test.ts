import { describe, expect, it } from "vitest";
import { parseAutomationDocument } from "../../core/automation/parse.ts";
import { checkHere } from "../../web/app/automations/editor/check-here.ts";
import { problemsOf } from "../../web/app/automations/editor/problems.ts";
import { runnable, simplest } from "../../web/app/automations/editor/runnable.ts";
import { startFromEvent } from "../../web/app/automations/editor/start-from-event.ts";
import { copyOf, runningDeployment, starts } from "../../web/app/automations/editor/starts.ts";
import { suggestAutomation } from "../../web/app/automations/editor/suggest.ts";
import { lineOf, readWritten } from "../../web/editor/written.ts";

const id = "0198c0de-0000-7000-8000-000000000000";

describe("what a new automation begins with", () => {
  it.each(starts)("$slug is an automation without a problem or a warning", ({ document }) => {
    expect(checkHere(document({ deployment: { id, parameters: {} }, notify: id }))).toMatchObject({
      issues: [],
      warnings: [],
    });
  });

  it("asks for a block where there is none", () => {
    const [told] = starts.filter(({ slug }) => slug === "run-failed");
    const { issues } = checkHere(told?.document({ deployment: null, notify: null }) ?? null);
    expect(issues.map(({ path }) => path.join("."))).toEqual(["actions.0.block_document_id"]);
  });

  it("a deployment: what runs it", () => {
    const definition = parseAutomationDocument(runningDeployment({ id, name: "shop/ship", parameters: {} }));
    expect(definition.actions).toMatchObject([{ type: "run-deployment", deployment: { id } }]);
  });

  it("runs the deployment that needs the least, and gives it from the event what it needs", () => {
    const schema = {
      type: "object",
      properties: { card: {}, cc: { default: "EUR" } },
      required: ["card", "cc"],
    };
    const charge = runnable({ id, parameters: {}, parameterSchema: schema });
    expect(charge.parameters).toEqual({ card: "{{ event.payload.card }}" });
    expect(runnable({ id, parameters: { card: "x" }, parameterSchema: schema }).parameters).toEqual({});
    const ship = runnable({ id, parameters: {}, parameterSchema: null });
    expect(simplest([charge, ship, { ...ship, id: "later" }])).toEqual({ id, parameters: {} });
    expect(simplest([])).toBeNull();
  });

  it("a copy belongs to nobody, and watches only once it is enabled", () => {
    const copy = copyOf({ name: "x", enabled: true, owner_resource: "prefect.deployment.1", tags: ["a"] });
    expect(copy).toEqual({ name: "x copy", tags: ["a"], enabled: false });
  });
});

describe("actions 100: an automation from an event", () => {
  const run = { "prefect.resource.id": `prefect.flow-run.${id}`, "prefect.resource.name": "quick-owl" };
  const flow = {
    "prefect.resource.id": "prefect.flow.f1",
    "prefect.resource.role": "flow",
    "prefect.resource.name": "import",
  };

  it("of a run fires for any run of its flow", () => {
    const event = { event: "prefect.flow-run.Failed", resource: run, related: [flow] };
    const { name, trigger } = parseAutomationDocument(startFromEvent(event));
    expect(name).toBe("On prefect.flow-run.Failed of import");
    expect(trigger).toMatchObject({
      posture: "Reactive",
      threshold: 1,
      within: 0,
      expect: ["prefect.flow-run.Failed"],
      match: { "prefect.resource.id": ["prefect.flow-run.*"] },
      matchRelated: [{ "prefect.resource.role": ["flow"], "prefect.resource.id": ["prefect.flow.f1"] }],
      forEach: ["prefect.resource.id"],
    });
  });

  it("of something else fires for that very thing", () => {
    const event = { event: "order.paid", resource: { "prefect.resource.id": "order.7" }, related: [] };
    const { name, trigger } = parseAutomationDocument(startFromEvent(event));
    expect(name).toBe("On order.paid of order.7");
    expect(trigger).toMatchObject({ match: { "prefect.resource.id": ["order.7"] }, forEach: [] });
  });
});

it("actions 8.2: each problem stands at its place, in the order of the text", () => {
  const text = "name: x\ntrigger: {posture: Proactive, within: 5}\nactions:\n  - type: cancel\n";
  const written = readWritten(text, "YAML");
  if (!written.ok) throw new Error(written.message);
  const problems = problemsOf(written, checkHere(written.value), {
    value: written.value,
    issues: [{ path: ["name"], message: "is taken" }],
  });
  expect(problems.map(({ from, message }) => [lineOf(text, from), message])).toEqual([
    [1, "is taken"],
    [2, expect.stringMatching(/^trigger\.within must be at least 10/)],
    [4, expect.stringMatching(/^actions\[0\]\.type is no type of action/)],
  ]);
});

describe("what could be typed", () => {
  const known = {
    events: [{ name: "order.paid", count: 3 }],
    deployments: [{ id, name: "shop/ship" }],
    blocks: [],
    pools: [{ id, name: "machines" }],
    queues: [],
  };
  /** At the mark `|`. */
  const suggested = (marked: string, form: "YAML" | "JSON" = "YAML") => {
    const at = marked.indexOf("|");
    const found = suggestAutomation(known)(marked.replace("|", ""), at, form);
    return found?.options.map(({ label }) => label) ?? null;
  };
  /** The text once the first suggestion was taken. */
  const taken = (marked: string, form: "YAML" | "JSON") => {
    const at = marked.indexOf("|");
    const text = marked.replace("|", "");
    const found = suggestAutomation(known)(text, at, form);
    return text.slice(0, found?.from) + String(found?.options[0]?.apply) + text.slice(at);
  };

  it("are the fields that are not there yet", () => {
    expect(suggested("name: x\n|\nactions: []\n")).toEqual(
      expect.arrayContaining(["trigger", "enabled", "actions_on_resolve"]),
    );
    expect(suggested("name: x\nna|")).not.toContain("name");
    expect(suggested("trigger:\n  type: compound\n  |")).toEqual(["require", "triggers", "within"]);
    expect(suggested("trigger:\n  triggers:\n    - type: event\n      ex|")).toContain("expect");
    expect(suggested("trigger:\n  |\nactions: []")).toContain("posture");
    expect(suggested("trigger:\n  type: metric\n  metric:\n    |")).toContain("firing_for");
  });

  it("are an action's, as its type says", () => {
    expect(suggested("actions:\n  - |")).toEqual(["type"]);
    expect(suggested("actions:\n  - type: do-nothing\n  - type: send-notification\n    |")).toContain(
      "subject",
    );
    expect(suggested("actions:\n  - type: emit-event\n    resource:\n      |")).toContain(
      "prefect.resource.id",
    );
    expect(suggested("actions:\n- type: |")).toContain("cancel-flow-run");
    expect(suggested("trigger:\n  type: |")).toEqual(["event", "compound", "sequence", "metric"]);
  });

  it("are names of events, and ids by the names of what they stand for", () => {
    expect(suggested("trigger:\n  expect: or|")).toEqual(["order.paid"]);
    expect(suggested("trigger:\n  expect:\n    - |")).toEqual(["order.paid"]);
    expect(suggested("actions:\n  - type: run-deployment\n    deployment_id: |")).toEqual(["shop/ship"]);
    expect(suggested("actions:\n  - type: pause-work-pool\n    work_pool_id: |")).toEqual(["machines"]);
  });

  it("is nothing in brackets and texts", () => {
    expect(suggested("trigger: {|")).toBeNull();
    expect(suggested("name: |")).toEqual([]);
  });

  it.each([
    ['{"name": "x", |"actions": []}', "trigger"],
    ['{"trigger": {"type": "compound", "|', "require"],
    ['{"trigger": {"triggers": [{"type": "event"}, {"type": "event", "ex|"}]}}', "expect"],
    ['{"trigger": {"type": "metric", "metric": {|}}}', "firing_for"],
    ['{"actions": [{"type": "do-nothing"}, {"type": "send-notification", |', "subject"],
    ['{"actions": [{|, "type": "emit-event"}]}', "resource"],
    ['{"actions": [{"type": "emit-event", "resource": {"|"}}]}', "prefect.resource.id"],
    ['{"actions": [{"type": "|"}]}', "cancel-flow-run"],
    ['{"trigger": {"expect": ["a", "or|', "order.paid"],
    ['{"trigger": {"expect": |}}', "order.paid"],
    ['{"actions": [{"type": "run-deployment", "deployment_id": "|"}]}', "shop/ship"],
  ])("are the same in JSON: %s", (text, label) => {
    expect(suggested(text, "JSON")).toContain(label);
  });

  it("are no fields of JSON that stand beside already, and nothing outside of it", () => {
    expect(suggested('{"name": "x", | "tags": []}', "JSON")).not.toContain("name");
    expect(suggested('{"name": "x", "|", "tags": []}', "JSON")).not.toContain("tags");
    expect(suggested('{"trigger": {"within": 5, |}, "tags": []}', "JSON")).toContain("expect");
    for (const text of ["|", "{}|", '{"name" |', '{"description": "x" |', "[|"])
      expect(suggested(text, "JSON") ?? []).toEqual([]);
  });

  it("are written as the form has them", () => {
    const metric = '{"trigger": {"type": "metric", "metric": {"operator": ';
    expect(taken(`${metric}|`, "JSON")).toBe(`${metric}"<"`);
    expect(taken(`${metric}"|"}}}`, "JSON")).toBe(`${metric}"<"}}}`);
    expect(taken('{"enabled": |', "JSON")).toBe('{"enabled": true');
    expect(taken('{"trigger": {"type": "compound", |', "JSON")).toBe(
      '{"trigger": {"type": "compound", "require": ',
    );
    expect(taken('{"trigger": {"type": "compound", "re|', "JSON")).toBe(
      '{"trigger": {"type": "compound", "require": ',
    );
    expect(taken("trigger:\n  type: metric\n  metric:\n    operator: |", "YAML")).toMatch(/operator: "<"$/);
    expect(taken("enabled: |", "YAML")).toBe("enabled: true");
  });
});
