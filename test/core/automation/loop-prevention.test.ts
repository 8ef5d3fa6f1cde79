import { describe, expect, it } from "vitest";
import { loopIssues } from "../../../core/automation/loop-prevention.ts";
import { parseAutomationDocument } from "../../../core/automation/parse.ts";
import { automationWarnings } from "../../../core/automation/warnings.ts";
import { InvalidInputError } from "../../../core/error.ts";

const deployment = "00000000-0000-4000-8000-000000000007";
const inferred = { type: "run-deployment", source: "inferred" };
const selected = { type: "run-deployment", source: "selected", deployment_id: deployment };
const retry = { type: "retry-flow-run" };
const allRuns = { "prefect.resource.id": "prefect.flow-run.*" };
const onAll = { expect: ["prefect.flow-run.*"], match: allRuns };

/** Whether it is saved, and with a warning of a loop. */
function judge(trigger: object, action: object, more: object = {}): "refused" | "warned" | "saved" {
  const document = { name: "x", trigger, actions: [action], ...more };
  try {
    const automation = parseAutomationDocument(document);
    return automationWarnings(automation).some(({ message }) => /loop/.test(message)) ? "warned" : "saved";
  } catch (error) {
    if (error instanceof InvalidInputError && error.message.includes("would loop")) return "refused";
    throw error;
  }
}

describe("triggers 14: starting a run at states that every run passes", () => {
  it.each(["Scheduled", "Pending", "Running", "*"])(
    "actions 37: of the inferred deployment on %s is refused",
    (state) => {
      expect(judge({ expect: [`prefect.flow-run.${state}`] }, inferred)).toBe("refused");
    },
  );

  it("actions 38: of the inferred deployment is refused whatever the filters", () => {
    expect(judge({ ...onAll, match: { ...allRuns, some: "thing" } }, inferred)).toBe("refused");
    expect(judge({ ...onAll, match_related: { "prefect.resource.id": "prefect.flow.x" } }, inferred)).toBe(
      "refused",
    );
  });

  it.each([
    ["no filters", {}],
    ["the wildcard for all runs", { match: allRuns }],
    ["a wider wildcard", { match: { "prefect.resource.id": "*" } }],
    [
      "the wildcard among others",
      { match: { "prefect.resource.id": ["prefect.flow-run.1", "prefect.flow-run.*"] } },
    ],
    ["an unrestricted list of related ones", { match_related: [{}, allRuns] }],
  ])("actions 39: of a selected deployment with %s is refused", (_, filters) => {
    expect(judge({ expect: ["prefect.flow-run.Running"], ...filters }, selected)).toBe("refused");
  });

  it.each([
    ["a label of the run", { match: { ...allRuns, some: "thing" } }],
    ["one run", { match: { "prefect.resource.id": "prefect.flow-run.1" } }],
    ["a related resource", { match_related: { "prefect.resource.id": "prefect.deployment.other" } }],
    ["one restricted member of the list", { match_related: [{}, { "prefect.resource.name": "other" }] }],
  ])("actions 39: of a selected deployment is accepted with a filter on %s", (_, filters) => {
    expect(judge({ expect: ["prefect.flow-run.Running"], ...filters }, selected)).toBe("saved");
  });

  it.each(["Failed", "Crashed", "TimedOut"])(
    "actions 40: of the inferred deployment on %s is accepted",
    (state) => {
      expect(judge({ expect: [`prefect.flow-run.${state}`], match: allRuns }, inferred)).toBe("saved");
    },
  );

  it("tells every action that loops, and leaves others alone", () => {
    const automation = parseAutomationDocument({
      name: "x",
      enabled: false,
      trigger: onAll,
      actions: [{ type: "do-nothing" }, inferred, selected],
    });
    expect(loopIssues({ ...automation, enabled: true }).map(({ path }) => path.join("."))).toEqual([
      "actions.1",
      "actions.2",
    ]);
  });
});

describe("triggers 14: what may loop otherwise is saved with a warning", () => {
  it.each([
    ["a disabled automation that would be refused", onAll, inferred, { enabled: false }],
    ["an empty expect", { match: allRuns }, selected, {}],
    ["every name", { expect: ["*"] }, inferred, {}],
    ["a wider pattern", { expect: ["prefect.*"] }, selected, {}],
    [
      "a selected deployment on Completed of all runs",
      { expect: ["prefect.flow-run.Completed"] },
      selected,
      {},
    ],
    [
      "a selected deployment on Completed of its own runs",
      {
        expect: ["prefect.flow-run.Completed"],
        match_related: { "prefect.resource.id": `prefect.deployment.${deployment}` },
      },
      selected,
      {},
    ],
    [
      "a run started from actions_on_trigger",
      onAll,
      { type: "do-nothing" },
      { actions_on_trigger: [inferred] },
    ],
    ["a run retried on Failed", { expect: ["prefect.flow-run.Failed"] }, retry, {}],
    [
      "a run retried on TimedOut of the first attempts and all others",
      { expect: ["prefect.flow-run.TimedOut"], match: { "prefect.run-count": ["1", "!2"] } },
      retry,
      {},
    ],
    [
      "a run retried as often as it has not begun",
      { expect: ["prefect.flow-run.Crashed"], match: { "prefect.run-count": ["0", "1"] } },
      retry,
      {},
    ],
    [
      "a selected run retried on its own end",
      { expect: ["prefect.flow-run.Completed"], match: allRuns },
      { ...retry, source: "selected", flow_run_id: "r1" },
      {},
    ],
    ["a run started by a composite", { require: "any", triggers: [onAll, { expect: ["a"] }] }, inferred, {}],
  ])("%s", (_, trigger, action, more) => {
    expect(judge(trigger, action, more)).toBe("warned");
  });

  it.each([
    [
      "a selected deployment on Completed of another one's runs",
      { expect: ["prefect.flow-run.Completed"], match_related: { "prefect.resource.name": "upstream" } },
      selected,
    ],
    ["an inferred deployment on an event that no run passes", { expect: ["order.complete"] }, inferred],
    ["absences", { ...onAll, posture: "Proactive" }, inferred],
    [
      "a run retried as often as the trigger says",
      { expect: ["prefect.flow-run.Failed"], match: { ...allRuns, "prefect.run-count": ["1", "2"] } },
      retry,
    ],
    [
      "a selected run retried on another one's end",
      { expect: ["prefect.flow-run.Failed"], match: { "prefect.resource.id": "prefect.flow-run.r2" } },
      { ...retry, source: "selected", flow_run_id: "r1" },
    ],
    ["a run retried on an event of another kind", { expect: ["supplier.back"] }, retry],
    ["nothing to start", onAll, { type: "do-nothing" }],
  ])("but not %s", (_, trigger, action) => {
    expect(judge(trigger, action)).toBe("saved");
  });
});
