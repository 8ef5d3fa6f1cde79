import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { JsonObject } from "../../core/json.ts";
import { yamlText } from "../../web/lib/yaml-text.ts";

it("reads as people write it", () => {
  const document: JsonObject = {
    name: "order without a shipment",
    description: "",
    trigger: { type: "event", after: ["order.created"], match: {}, within: 3600 },
    actions: [{ type: "do-nothing" }, { type: "run-deployment", parameters: { on: "yes", note: "a: b" } }],
  };
  expect(yamlText(document)).toBe(`name: order without a shipment
description: ""
trigger:
  type: event
  after:
    - order.created
  match: {}
  within: 3600
actions:
  - type: do-nothing
  - type: run-deployment
    parameters:
      "on": "yes"
      note: "a: b"
`);
});

describe.each(["1.1", "1.2"] as const)("read by YAML %s", (version) => {
  it("is the value that it was made from", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        // -0 is 0 in JSON.
        const json = JSON.parse(JSON.stringify(value));
        expect(parse(yamlText(json), { version, mapAsMap: false })).toEqual(json);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    "yes",
    "NO",
    "null",
    "~",
    "1e3",
    "0x1f",
    "12:30",
    "2026-01-01",
    "=",
    "<<",
    "- a",
    "a #b",
    "key:",
    "é",
    "off",
    ".nan",
    "1_000",
    "y",
  ])("keeps the text %s a text", (text) => {
    expect(parse(yamlText({ [text]: text, list: [text] }), { version })).toEqual({
      [text]: text,
      list: [text],
    });
  });
});
