import { describe, expect, it } from "vitest";
import { automationsHref, readAutomationsSearch } from "../../web/app/automations/search-params.ts";
import { actionWords, triggerWords } from "../../web/app/automations/words.ts";

describe("an action in words", () => {
  it("names the deployment that it runs, what with, and when", () => {
    const settings = {
      source: "selected",
      deployment_id: "d1",
      parameters: { order: "{{ event.resource }}", gift: true },
      schedule_after: 30,
    };
    expect(actionWords({ type: "run-deployment", settings })).toEqual({
      before: "run deployment",
      target: { noun: "deployment", id: "d1" },
      after: " with order and gift, 30 seconds later",
    });
  });

  it("says so where the event tells what to act upon, and of an action that this console does not know its type", () => {
    expect(actionWords({ type: "run-deployment", settings: { source: "inferred" } }).before).toBe(
      "run the deployment that the event is about",
    );
    expect(actionWords({ type: "teleport", settings: { block_id: "b" } })).toEqual({
      before: "teleport",
      target: null,
      after: "",
    });
  });

  it.each([
    ["pause-deployment", { source: "selected", deployment_id: "d1" }, "pause deployment [d1]"],
    ["resume-deployment", { source: "inferred" }, "resume the deployment that the event is about"],
    ["cancel-flow-run", { source: "inferred" }, "cancel the run that the event is about"],
    ["suspend-flow-run", { timeout: 60 }, "suspend the run that the event is about, for 1 minute at most"],
    [
      "suspend-flow-run",
      { timeout: null },
      "suspend the run that the event is about, until somebody resumes it",
    ],
    ["resume-flow-run", { flow_run_id: "r1", input: { ok: true } }, "resume run [r1] with an answer"],
    ["change-flow-run-state", { state: "FAILED" }, "put the run that the event is about into FAILED"],
    ["retry-flow-run", { source: "inferred" }, "retry the run that the event is about"],
    ["emit-event", { event: "order.late", resource: {} }, "emit order.late"],
    ["pause-automation", { automation_id: "a1" }, "pause automation [a1]"],
    ["send-notification", { block_document_id: "b1", subject: "Hello" }, "notify by [b1]: Hello"],
    ["call-webhook", { block_document_id: "b1" }, "call [b1]"],
    ["do-nothing", {}, "do nothing"],
  ])("says what %s does", (type, settings, words) => {
    const { before, target, after } = actionWords({ type, settings });
    expect(`${before}${target === null ? "" : ` [${target.id}]`}${after}`).toBe(words);
  });
});

describe("a trigger in words", () => {
  it("is the sentence of the automation's document", () => {
    expect(triggerWords({ trigger: { type: "event", expect: ["order.paid"] } })).toBe(
      "when order.paid happens",
    );
  });

  it("is missing where the document is of a kind that this console does not know", () => {
    expect(triggerWords({ trigger: { type: "moon" } })).toBeNull();
    expect(triggerWords(null)).toBeNull();
  });
});

it("the address of the list gives back the search that it was made from", () => {
  const search = { name: "a&b", tags: ["x y", "z"], after: "12" };
  const { searchParams } = new URL(automationsHref(search), "http://here");
  const params = Object.fromEntries([...searchParams.keys()].map((key) => [key, searchParams.getAll(key)]));
  expect(readAutomationsSearch(params)).toEqual(search);
  expect(automationsHref(readAutomationsSearch({ name: " ", tag: "" }))).toBe("/automations");
});
