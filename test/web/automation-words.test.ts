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
      deployment: "d1",
      after: " with order and gift, 30 seconds later",
    });
  });

  it("says so where the event tells what to act upon, and of an action that this console does not know its type", () => {
    expect(actionWords({ type: "run-deployment", settings: { source: "inferred" } }).before).toBe(
      "run the deployment that the event is about",
    );
    expect(actionWords({ type: "send-notification", settings: { block_id: "b" } })).toEqual({
      before: "send notification",
      deployment: null,
      after: "",
    });
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
