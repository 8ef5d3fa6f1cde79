import { describe, expect, it } from "vitest";
import { type GivenEvent, parseEvent, sizeIssue } from "../../../core/event/parse-event.ts";
import type { Json } from "../../../core/json.ts";

const id = "01900000-0000-7000-8000-00000000000a";
const now = new Date("2026-01-01T00:00:00Z");
const resource = { "prefect.resource.id": "x" };

function parse(more: Partial<GivenEvent>) {
  return parseEvent({ event: "e", resource, ...more }, { newId: () => id, now });
}

/** What is told of an event, as `path: message`. */
function told(more: Partial<GivenEvent>): string[] {
  const parsed = parse(more);
  return parsed.ok ? [] : parsed.issues.map(({ path, message }) => `${path.join("/")}: ${message}`);
}

function nested(depth: number): Json {
  return depth === 0 ? 1 : { a: nested(depth - 1) };
}

const labels = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`l${n}`, ""]));
const related = (count: number) =>
  Array.from({ length: count }, () => ({ ...resource, "prefect.resource.role": "r" }));

describe("triggers 1: an event", () => {
  it("is filled in where its sender left something out", () => {
    expect(parse({ payload: null, related: null, id: null, occurred: null, follows: null })).toEqual({
      ok: true,
      event: {
        id,
        given: false,
        event: "e",
        occurred: now,
        resource,
        related: [],
        payload: {},
        follows: null,
      },
    });
  });

  it("has its ids in lower case", () => {
    const upper = id.toUpperCase();
    expect(parse({ id: upper, follows: upper })).toMatchObject({ event: { id, given: true, follows: id } });
  });

  it.each<[string, Partial<GivenEvent>, string[]]>([
    ["needs a name", { event: "" }, ["event: an event needs a name, such as order.created"]],
    ["may have 1024 characters of any kind in its name", { event: "💥".repeat(1024) }, []],
    [
      "may not have 1025",
      { event: "💥".repeat(1025) },
      ["event: has 1025 characters; at most 1024 are taken"],
    ],
    [
      "may not have NUL in its name",
      { event: "a\0" },
      ["event: holds a NUL character, which cannot be stored"],
    ],
    ["has labels", { resource: [] }, ["resource: must be an object of labels, and is a list"]],
    [
      "has labels whose values are texts",
      { resource: { ...resource, a: null, b: 1, c: { d: 1 }, e: "" } },
      [
        "resource/a: must be a text, and is null",
        "resource/b: must be a text, and is the number 1",
        "resource/c: must be a text, and is an object",
      ],
    ],
    [
      "needs an id that is not empty",
      { resource: { "prefect.resource.id": "" } },
      ["resource/prefect.resource.id: resource id is required: a text that is not empty"],
    ],
    [
      "needs the id and role of each related resource",
      { related: [{ ...resource, "prefect.resource.role": "" }, "x", {}] },
      [
        "related/0/prefect.resource.role: role is required: a text that is not empty",
        'related/1: must be an object of labels, and is the string "x"',
        "related/2/prefect.resource.id: resource id is required: a text that is not empty",
        "related/2/prefect.resource.role: role is required: a text that is not empty",
      ],
    ],
    ["may have 500 labels", { resource: { ...labels(499), ...resource } }, []],
    [
      "may not have 501",
      { resource: { ...labels(500), ...resource } },
      ["resource: has 501 labels; at most 500 are taken"],
    ],
    ["may have 100 related resources", { related: related(100) }, []],
    [
      "may not have 101",
      { related: related(101) },
      ["related: has 101 related resources; at most 100 are taken"],
    ],
    ["has an object for a payload", { payload: [1] }, ["payload: must be a JSON object"]],
    ["may be 64 levels deep", { payload: nested(64) }, []],
    ["may not be 65", { payload: nested(65) }, ["payload: is nested more than 64 levels deep"]],
    [
      "may not have half a character in its payload",
      { payload: { a: { b: "\ud800" } } },
      ["payload/a/b: holds half of a surrogate pair, which is no Unicode text"],
    ],
    ["may write of what it may not hold", { payload: { a: "\\u0000 and \\ud800", b: "💥" } }, []],
    [
      "may not have NUL in the name of a label or a property",
      { resource: { ...resource, "a\0": "" }, payload: { "b\0": 1 } },
      [
        "resource: has a label whose name holds a NUL character, which cannot be stored",
        "payload: has a property whose name holds a NUL character, which cannot be stored",
      ],
    ],
    ["has UUIDs for ids", { id: "7", follows: "" }, ['id: "7" is no UUID', 'follows: "" is no UUID']],
    ["may lie in the year 1", { occurred: new Date("0001-01-01T00:00:00Z") }, []],
    [
      "may not lie before it",
      { occurred: new Date("0000-12-31T23:59:59.999Z") },
      ["occurred: 0000-12-31T23:59:59.999Z lies before the year 1"],
    ],
    ["may lie 300 s ahead of the clock", { occurred: new Date(now.getTime() + 300_000) }, []],
    [
      "may not lie further ahead",
      { occurred: new Date(now.getTime() + 300_001) },
      [
        "occurred: 2026-01-01T00:05:00.001Z lies 301 s ahead of the server's clock (2026-01-01T00:00:00.000Z); at most 300 s are taken",
      ],
    ],
  ])("%s", (_, given, expected) => {
    expect(told(given)).toEqual(expected);
  });

  it("is told all that is wrong in it, but at most a hundred problems", () => {
    expect(told({ event: "", resource: {}, payload: 1, id: "x" })).toHaveLength(4);
    expect(told({ related: Array.from({ length: 100 }, () => ({ a: 1 })) })).toHaveLength(100);
  });

  it("may have 1,500,000 bytes of JSON, and not one more", () => {
    expect(sizeIssue(1_500_000)).toBeNull();
    expect(sizeIssue(1_500_001)?.message).toBe("is 1500001 bytes of JSON; at most 1500000 are taken");
  });
});
