import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { actionTemplates } from "../../../core/automation/action-kinds.ts";
import { automationDocument } from "../../../core/automation/document.ts";
import { parseAutomationDocument, parseAutomationInput } from "../../../core/automation/parse.ts";
import { outsideRetry, retryDelay } from "../../../core/automation/retry.ts";
import { automationWarnings } from "../../../core/automation/warnings.ts";
import { InvalidInputError } from "../../../core/error.ts";

const whole = { name: "a", trigger: { expect: ["x"] } };

function refusals(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof InvalidInputError) return error.issues.map(({ message }) => message);
    throw error;
  }
  throw new Error("nothing was refused");
}

const ofDocument = (action: object) =>
  refusals(() => parseAutomationDocument({ ...whole, actions: [action] }));
const ofInput = (action: object) => refusals(() => parseAutomationInput(inputWith(action)));
const inputWith = (action: object) => ({
  name: "a",
  trigger: { event: { expect: ["x"] } },
  actions: [action],
});

/** The document of an action after it was read. */
function read(action: object): unknown {
  const definition = parseAutomationDocument({ ...whole, actions: [action] });
  const document = automationDocument(definition);
  expect(parseAutomationDocument(document)).toEqual(definition);
  return document.actions;
}

describe("actions 1.1: targets", () => {
  it.each([
    ["pause-deployment", "deployment_id"],
    ["resume-deployment", "deployment_id"],
    ["run-deployment", "deployment_id"],
    ["pause-automation", "automation_id"],
    ["resume-automation", "automation_id"],
  ])("actions 1: %s means a selected one, whose id is required", (type, field) => {
    expect(ofDocument({ type })).toEqual([`actions[0].${field} is required`]);
    expect(ofDocument({ type, source: "selected", [field]: null })).toEqual([
      `actions[0].${field} is required`,
    ]);
  });

  it.each([
    ["pause-deployment", "deployment_id"],
    ["pause-automation", "automation_id"],
    ["cancel-flow-run", "flow_run_id"],
    ["retry-flow-run", "flow_run_id"],
  ])("actions 2: %s with an inferred target has no id", (type, field) => {
    expect(ofDocument({ type, source: "inferred", [field]: "x" })).toEqual([
      `actions[0].${field} is not allowed where source is inferred`,
    ]);
  });

  it("1.1: those of runs infer by default; with an id the source is said", () => {
    expect(read({ type: "cancel-flow-run" })).toEqual([{ type: "cancel-flow-run", source: "inferred" }]);
    expect(ofDocument({ type: "cancel-flow-run", flow_run_id: "x" })).toEqual([
      "actions[0].flow_run_id is not allowed where source is left out, as it is inferred then",
    ]);
    expect(read({ type: "cancel-flow-run", source: "selected", flow_run_id: "x" })).toEqual([
      { type: "cancel-flow-run", source: "selected", flow_run_id: "x" },
    ]);
  });

  it("as typed input they are an id or inferred", () => {
    const cancel = (target: object) => inputWith({ cancelFlowRun: target });
    expect(parseAutomationInput(cancel({ inferred: true })).actions).toEqual([
      { type: "cancel-flow-run", target: { source: "inferred" } },
    ]);
    expect(parseAutomationInput(cancel({ id: "x" })).actions).toEqual([
      { type: "cancel-flow-run", target: { source: "selected", id: "x" } },
    ]);
    expect(ofInput({ cancelFlowRun: { inferred: false } })).toEqual([
      "actions[0].cancelFlowRun.inferred must be true, or `id` be given in its place; it is false",
    ]);
  });
});

describe("actions 1.2: fields", () => {
  it("those of suspend-flow-run", () => {
    const settings = (action: object) => read({ type: "suspend-flow-run", ...action });
    const suspend = { type: "suspend-flow-run", source: "inferred" };
    expect(settings({})).toEqual([{ ...suspend, timeout: 3600 }]);
    expect(settings({ timeout: "PT5M" })).toEqual([{ ...suspend, timeout: 300 }]);
    expect(settings({ timeout: null })).toEqual([{ ...suspend, timeout: null }]);
    expect(ofDocument({ type: "suspend-flow-run", timeout: 0 })).toHaveLength(1);
  });

  it("those of change-flow-run-state", () => {
    const change = { type: "change-flow-run-state", source: "inferred" };
    expect(read({ ...change, state: "FAILED", name: "Given up", message: "m", force: true })).toEqual([
      { ...change, state: "FAILED", name: "Given up", message: "m", force: true },
    ]);
    expect(read({ ...change, state: "RUNNING" })).toEqual([{ ...change, state: "RUNNING", force: false }]);
    expect(ofDocument(change)).toEqual(["actions[0].state is required"]);
    expect(ofDocument({ ...change, state: "Failed" })).toEqual([
      'actions[0].state must be SCHEDULED, PENDING, RUNNING, PAUSED, CANCELLING, CANCELLED, COMPLETED, FAILED or CRASHED; it is the text "Failed"',
    ]);
    expect(ofDocument({ ...change, state: "FAILED", name: "" })).toEqual([
      "actions[0].name must have 1 to 255 characters; it has 0",
    ]);
    expect(
      parseAutomationInput(
        inputWith({ changeFlowRunState: { flowRun: { inferred: true }, type: "FAILED", name: "Given up" } }),
      ).actions,
    ).toMatchObject([{ state: "FAILED", name: "Given up", message: null, force: false }]);
  });

  it("those of resume-flow-run: an input is looked at for templates, and is data otherwise", () => {
    const resume = { type: "resume-flow-run", source: "inferred" };
    expect(read(resume)).toEqual([resume]);
    const input = { approved: "{{ event.payload.ok }}", __prefect_kind: "none" };
    expect(read({ ...resume, input })).toEqual([{ ...resume, input }]);
    const definition = parseAutomationDocument({ ...whole, actions: [{ ...resume, input }] });
    expect(definition.actions.flatMap(actionTemplates)).toEqual([
      { path: ["input", "approved"], source: "{{ event.payload.ok }}", as: "value" },
    ]);
    expect(read({ ...resume, strict: true })).toEqual([{ ...resume, strict: true }]);
    expect(read({ ...resume, strict: false })).toEqual([resume]);
  });

  it("a retry is filled in, and bounded", () => {
    const run = { type: "run-deployment", source: "selected", deployment_id: "x" };
    expect(read({ ...run, retry: { max_attempts: 2 } })).toEqual([
      {
        ...run,
        retry: { max_attempts: 2, initial_delay: 1, max_delay: 600, multiplier: 5, jitter: false },
      },
    ]);
    expect(
      ofDocument({
        ...run,
        retry: {
          max_attempts: 11,
          initial_delay: -1,
          max_delay: 100_000,
          multiplier: 0,
          jitter: 1,
          delay: 1,
        },
      }),
    ).toEqual([
      "actions[0].retry.max_attempts must be a whole number from 1 to 10; it is the number 11",
      "actions[0].retry.initial_delay must be at least 0; it is the number -1",
      "actions[0].retry.max_delay must be at most 86400 (a day); it is the number 100000",
      "actions[0].retry.multiplier must be a number from 1 to 100; it is the number 0",
      "actions[0].retry.jitter must be true or false; it is the number 1",
      'actions[0].retry.delay is no field of retry; did you mean "max_delay"?',
    ]);
  });

  it.each([
    ["cancel-flowrun", "cancel-flow-run"],
    ["pause-automations", "pause-automation"],
    ["change-flow-run-status", "change-flow-run-state"],
    ["retry-run", "retry-flow-run"],
    ["emit-events", "emit-event"],
  ])("1.0: %s is told the nearest type", (type, nearest) => {
    expect(ofDocument({ type })).toContain(
      `actions[0].type is no type of action; it is the text "${type}"; did you mean "${nearest}"?`,
    );
  });

  it("1.0: a typo in a field is one problem, of the type that was meant", () => {
    expect(ofDocument({ type: "suspend-flow-run", timeuot: 5 })).toEqual([
      'actions[0].timeuot is no field of the action suspend-flow-run; did you mean "timeout"?',
    ]);
  });
});

describe("actions 1.1, 2.5: what is doubtful", () => {
  const warnings = (trigger: object, action: object) =>
    automationWarnings(parseAutomationDocument({ name: "a", trigger, actions: [action] })).map(
      ({ message }) => message,
    );
  const external = { match: { "prefect.resource.id": "my.external.*" }, expect: ["x"] };

  it("a target that can never be inferred is warned of", () => {
    expect(warnings(external, { type: "cancel-flow-run" })).toEqual([
      "actions[0].source is inferred, but the trigger's events are about other resources than the server's own: unless they name a flow run among their related resources, none is found",
    ]);
    expect(warnings(external, { type: "pause-automation", source: "inferred" })).toEqual([
      expect.stringContaining("name an automation among"),
    ]);
    expect(warnings({ expect: ["x"] }, { type: "cancel-flow-run" })).toEqual([]);
    expect(warnings(external, { type: "pause-deployment", deployment_id: "x" })).toEqual([]);
  });

  it("an automation that infers itself from its own change of state is not", () => {
    const definition = parseAutomationDocument({
      name: "a",
      trigger: external,
      actions: [],
      actions_on_trigger: [{ type: "pause-automation", source: "inferred" }],
    });
    expect(automationWarnings(definition)).toEqual([]);
  });

  it("so is a run that is scheduled again by what it passes", () => {
    const all = { expect: ["prefect.flow-run.*"] };
    expect(warnings(all, { type: "change-flow-run-state", state: "SCHEDULED" })).toEqual([
      expect.stringContaining("actions[0] may loop"),
    ]);
    expect(warnings(all, { type: "cancel-flow-run" })).toEqual([]);
  });
});

describe("actions 2.4: delays", () => {
  it("are some part of five seconds, three times as long each time, up to ten minutes; four times", () => {
    const whole = [1, 2, 3, 4, 5].map((attempt) => retryDelay(outsideRetry, attempt, 1));
    expect(whole).toEqual([5, 15, 45, 135, null]);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, chance) => {
          const delay = retryDelay(outsideRetry, attempt, chance) ?? Number.NaN;
          expect(delay).toBeGreaterThanOrEqual(0);
          expect(delay).toBeLessThanOrEqual(whole[attempt - 1] ?? 0);
        },
      ),
    );
  });

  it("are what the other side asks for, up to the longest", () => {
    expect(retryDelay(outsideRetry, 1, 0.5, 30)).toBe(30);
    expect(retryDelay(outsideRetry, 1, 0.5, 6_000)).toBe(600);
    expect(retryDelay(outsideRetry, 1, 0.5, -5)).toBe(0);
    expect(retryDelay(outsideRetry, 5, 0.5, 30)).toBeNull();
  });
});
