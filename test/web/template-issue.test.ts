import { expect, it } from "vitest";
import { templateIssue } from "../../web/app/webhooks/editor/template-issue.ts";

const template = `{
  "event": "a\\tb {{ body.x",
  "resource": { "prefect.resource.id": "one\\ntwo {{ y" }
}`;
const at = (path: string[], message: string) =>
  templateIssue(template, { path: ["template", ...path], message });

it("a place in a text of the JSON is said as a place in the whole", () => {
  expect(at(["event"], "has no end (line 1, column 5)")).toEqual({
    message: "event has no end (line 2, column 18)",
    place: { line: 2, column: 18 },
  });
  expect(template.split("\n")[1]?.slice(17)).toMatch(/^\{\{ body/);
});

it("lines inside of a text are counted by its escapes", () => {
  const { place } = at(["resource", "prefect.resource.id"], "has no end (line 2, column 5)");
  expect(template.split("\n")[2]?.slice((place?.column ?? 0) - 1)).toMatch(/^\{\{ y/);
});

it("what has no place of its own is where its field is; what is not there is nowhere", () => {
  expect(at(["event"], "is wrong").place).toEqual({ line: 2, column: 13 });
  expect(templateIssue("{{ x }", { path: ["template"], message: "no end (line 1, column 6)" })).toEqual({
    message: "no end (line 1, column 6)",
    place: { line: 1, column: 6 },
  });
  expect(templateIssue("", { path: ["name"], message: "is missing" }).message).toBe("is missing");
});

it("a text that is no JSON is wrong where it stops to be", () => {
  const { place } = templateIssue('{ "event": "a" ', { path: ["template"], message: "is neither JSON nor" });
  expect(place?.line).toBe(1);
});
