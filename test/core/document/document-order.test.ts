import { expect, it } from "vitest";
import { inDocumentOrder } from "../../../core/document/document-order.ts";

it("problems stand in the order of the document, what is missing where it is missing from", () => {
  const document = { b: [{ y: 1, x: 2 }, 5], a: { z: { deep: 1 } }, name: "x" };
  const paths = [
    "name",
    "a.z.deep",
    "b.1",
    "b.0.x",
    "b.0.y",
    "a.missing",
    "b.0.missing.deeper",
    "a.z",
    "gone",
  ];
  const issues = paths.map((path) => ({ path: path.split("."), message: path }));
  expect(inDocumentOrder(issues, document).map(({ message }) => message)).toEqual([
    "gone",
    "b.0.missing.deeper",
    "b.0.y",
    "b.0.x",
    "b.1",
    "a.missing",
    "a.z",
    "a.z.deep",
    "name",
  ]);
  expect(inDocumentOrder(issues, null)).toEqual(issues);
});
