import { expect, it } from "vitest";
import { withNulls } from "../../../core/block/with-nulls.ts";

it("actions 7.1: what a type asks for and a document lacks is null on request; all else is as it was saved", () => {
  const value = { name: "a", list: [{ id: 1 }], wrong: 3 };
  const issues = [
    ["age"],
    ["list", 0, "rank"],
    ["list", 0, "id"],
    ["wrong"],
    ["gone", "deep"],
    [],
    ["__proto__"],
  ];
  const filled = withNulls(
    value,
    issues.map((path) => ({ path })),
  );
  expect(filled).toEqual({
    name: "a",
    list: [{ id: 1, rank: null }],
    wrong: 3,
    age: null,
    ["__proto__"]: null,
  });
  expect(value).toEqual({ name: "a", list: [{ id: 1 }], wrong: 3 });
  expect(withNulls(7, [{ path: ["a"] }, { path: [] }])).toBe(7);
});
