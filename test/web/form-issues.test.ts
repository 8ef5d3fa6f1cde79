import { describe, expect, it } from "vitest";
import type { Issue } from "../../core/error.ts";
import { REFINEMENTS } from "../../core/json-schema/refinement.ts";
import type { JsonSchema } from "../../core/json-schema/schema.ts";
import { issuesLeft, onTop, pathKey, placeIssues } from "../../web/form/model/placement.ts";
import { tiedTo } from "../../web/form/model/tied.ts";

const labels = new Map([
  [pathKey(["items"]), "Items"],
  [pathKey(["items", "1"]), "Items 2"],
  [pathKey(["items", "1", "qty"]), "How many"],
  [pathKey(["note/x"]), "Note"],
]);
const untied = () => [];
const place = (issues: Issue[], fields: ReadonlyMap<string, string> = labels) =>
  placeIssues(issues, fields, untied);

describe("where an issue is shown", () => {
  it("inputs 75: a refusal with the path items[1].qty is shown at this field", () => {
    expect(place([{ path: ["items", "1", "qty"], message: "too many" }])).toEqual(
      new Map([["/items/1/qty", ["too many"]]]),
    );
  });

  it("at the nearest field that holds its place, with the rest of the way in words", () => {
    expect(place([{ path: ["items", "1", "lines", "0"], message: "bad" }])).toEqual(
      new Map([["/items/1", ["Lines › Item 1: bad"]]]),
    );
  });

  it("on top where no field holds it", () => {
    const issues = [
      { path: [], message: "not together" },
      { path: ["idempotencyKey"], message: "used before" },
    ];
    expect(place(issues)).toEqual(new Map([[onTop, ["not together", "Idempotency key: used before"]]]));
  });

  it("at the form's only field where the value is one", () => {
    expect(place([{ path: ["0"], message: "bad" }], new Map([["", "Value"]]))).toEqual(
      new Map([["", ["Item 1: bad"]]]),
    );
  });

  it("tells names with slashes from steps, and says nothing twice", () => {
    const issue = { path: ["note/x"], message: "odd" };
    expect(place([issue, issue])).toEqual(new Map([["/note~1x", ["odd"]]]));
  });
});

describe("which issues still hold", () => {
  const issues = [
    { path: ["a"], message: "bad a" },
    { path: ["b"], message: "bad b" },
    { path: [], message: "bad together" },
    { path: ["c", "missing"], message: "is required" },
  ];

  it("inputs 75: those of fields that were not touched, and those of the whole", () => {
    const before = { a: "1", b: "2", c: {} };
    expect(issuesLeft(issues, before, { ...before, a: "3" }, untied)).toEqual(issues.slice(1));
  });

  it("not those of a thing that is gone", () => {
    const before = { a: "1", b: "2", c: {} };
    expect(issuesLeft(issues, before, { a: "1", b: "2" }, untied)).toEqual(issues.slice(0, 3));
  });
});

describe("what an issue calls fields", () => {
  it("by their labels, where it begins with the field's own name", () => {
    const issues = [
      { path: ["items", "1", "qty"], message: '"qty" is required' },
      { path: ["items", "1", "sku"], message: '"sku" is required' },
    ];
    expect(place(issues)).toEqual(
      new Map([
        ["/items/1/qty", ["How many is required"]],
        ["/items/1", ["Sku is required"]],
      ]),
    );
  });

  it("and by nothing else where it quotes a value", () => {
    const issue = { path: ["items"], message: 'must be "a", not the text "note/x"' };
    expect(place([issue])).toEqual(new Map([["/items", [issue.message]]]));
  });
});

describe("an issue of a comparison", () => {
  const range: JsonSchema = {
    type: "object",
    properties: { min: { type: "number" }, max: { type: "number" }, note: { type: "string" } },
    [REFINEMENTS]: [{ kind: "compare", left: "min", operator: "<", right: "max" }],
  };
  const schema: JsonSchema = {
    type: "object",
    properties: { ranges: { type: "array", items: { $ref: "#/$defs/Range" } } },
    $defs: { Range: range },
  };
  const path = (name: string) => ["ranges", "0", name];
  const before = { ranges: [{ min: 3, max: 2, note: "" }] };
  const tied = (at: readonly string[]) => tiedTo(schema, before, at);
  const issues = [{ path: path("max"), message: 'must be more than "min", which is 3' }];

  it("depends on both fields", () => {
    expect(tied(path("max"))).toEqual(["min", "max"]);
    expect(tied(path("note"))).toEqual([]);
    expect(tied([])).toEqual([]);
  });

  it.each([
    ["the left", { min: 1, max: 2, note: "" }, 0],
    ["the right", { min: 3, max: 4, note: "" }, 0],
    ["another", { min: 3, max: 2, note: "x" }, 1],
  ])("may hold no more when %s field changes", (_, range, left) => {
    expect(issuesLeft(issues, before, { ranges: [range] }, tied)).toHaveLength(left);
  });

  it("calls the other field by its label", () => {
    const shown = new Map([
      [pathKey(path("min")), "At least"],
      [pathKey(path("max")), "At most"],
    ]);
    expect(placeIssues(issues, shown, tied)).toEqual(
      new Map([[pathKey(path("max")), ['must be more than "At least", which is 3']]]),
    );
  });
});
