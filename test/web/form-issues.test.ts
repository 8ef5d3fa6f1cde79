import { describe, expect, it } from "vitest";
import { issuesLeft, onTop, pathKey, placeIssues } from "../../web/form/model/placement.ts";

const fields = new Set([["items"], ["items", "1"], ["items", "1", "qty"], ["note/x"]].map(pathKey));

describe("where an issue is shown", () => {
  it("inputs 75: a refusal with the path items[1].qty is shown at this field", () => {
    expect(placeIssues([{ path: ["items", "1", "qty"], message: "too many" }], fields)).toEqual(
      new Map([["/items/1/qty", ["too many"]]]),
    );
  });

  it("at the nearest field that holds its place, with the rest of the way in words", () => {
    expect(placeIssues([{ path: ["items", "1", "lines", "0"], message: "bad" }], fields)).toEqual(
      new Map([["/items/1", ["Lines › Item 1: bad"]]]),
    );
  });

  it("on top where no field holds it", () => {
    const issues = [
      { path: [], message: "not together" },
      { path: ["idempotencyKey"], message: "used before" },
    ];
    expect(placeIssues(issues, fields)).toEqual(
      new Map([[onTop, ["not together", "Idempotency key: used before"]]]),
    );
  });

  it("at the form's only field where the value is one", () => {
    expect(placeIssues([{ path: ["0"], message: "bad" }], new Set([""]))).toEqual(
      new Map([["", ["Item 1: bad"]]]),
    );
  });

  it("tells names with slashes from steps, and says nothing twice", () => {
    const issue = { path: ["note/x"], message: "odd" };
    expect(placeIssues([issue, issue], fields)).toEqual(new Map([["/note~1x", ["odd"]]]));
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
    expect(issuesLeft(issues, before, { ...before, a: "3" })).toEqual(issues.slice(1));
  });

  it("not those of a thing that is gone", () => {
    const before = { a: "1", b: "2", c: {} };
    expect(issuesLeft(issues, before, { a: "1", b: "2" })).toEqual(issues.slice(0, 3));
  });
});
