import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { context, event, occurred, related, resource } from "../../support/template-context.ts";
import { patientTemplates } from "../../support/templates.ts";

const templates = patientTemplates();
beforeAll(() => templates.warm());
afterAll(() => templates.close());

const value = (source: string) => templates.renderValue(source, context);

describe("actions 3.6: values keep their type", () => {
  it.each([
    ["actions 27: a number", "{{ event.payload.n }}", 10],
    ["a number, with spaces around", "  {{ event.payload.n }} ", 10],
    ["a boolean", "{{ event.payload.ok }}", true],
    ["a list", "{{ event.payload.list }}", [1, 2]],
    ["null", "{{ event.payload.nothing }}", null],
    ["actions 101: what is missing is null", "{{ event.payload.missing }}", null],
    ["actions 101: a condition", "{{ 'a' if true else 'b' }}", "a"],
    ["actions 101: a sum", "{{ 1 + 2 }}", 3],
    ["actions 101: an id is text", "{{ event.id }}", "e1"],
    ["actions 101: a date is text", "{{ event.occurred }}", "2026-11-21T09:30:05.250Z"],
    ["joined texts", "{{ event.id ~ '!' }}", "e1!"],
    ["actions 28: text around it", "Hello {{ event.payload.name }}", "Hello Ada"],
    ["actions 29: two expressions", "{{ a }}{{ b }}", "12"],
    ["a tag", "{% if a %}{{ a }}{% endif %}", "1"],
    ["labels", "{{ event.related[2] }}", related[2]],
    ["no template", "{# #} }}", "{# #} }}"],
    ["actions 83: a label is text", "{{ labels['i.am.so'] }}", "deep"],
  ])("%s", async (_name, source, expected) => {
    expect(await value(source)).toEqual(expected);
  });

  it("actions 32: the whole event, as its JSON", async () => {
    expect(await value("{{ event }}")).toEqual({
      ...event.fields,
      occurred: occurred.toISOString(),
      received: occurred.toISOString(),
      resource,
      related,
    });
  });

  it("actions 30: at any depth; keys and everything else stay", async () => {
    const given = { "{{ a }}": [{ deep: ["{{ a }}", 1, null] }], literal: { x: true } };
    expect(await templates.renderValue(given, context)).toEqual({
      "{{ a }}": [{ deep: [1, 1, null] }],
      literal: { x: true },
    });
  });

  it.each([
    ["jinja is always text", { __prefect_kind: "jinja", template: "{{ a }}" }, "1"],
    ["json of a text", { __prefect_kind: "json", value: '{"x": [1]}' }, { x: [1] }],
    [
      "json around jinja",
      {
        __prefect_kind: "json",
        value: { __prefect_kind: "jinja", template: "{{ event.payload.list|tojson }}" },
      },
      [1, 2],
    ],
    ["json of a value that is none", { __kind: "json", value: [1] }, [1]],
    ["none", { __prefect_kind: "none", value: ["{{ a }}"] }, [1]],
    [
      "actions 23: an unknown kind is its value, as it is",
      { __prefect_kind: "later", value: "{{ a }}" },
      "{{ a }}",
    ],
    ["an unknown kind without one", { __prefect_kind: "later" }, null],
  ])("a placeholder: %s", async (_name, given, expected) => {
    expect(await templates.renderValue({ v: given }, context)).toEqual({ v: expected });
  });

  it("leaves out keys whose placeholder is empty", async () => {
    const given = {
      a: { __prefect_kind: "json" },
      b: { __kind: "workspace_variable" },
      c: [{ __kind: "json" }, 1],
    };
    expect(await templates.renderValue(given, context)).toEqual({ c: [1] });
  });

  it("actions 24: a variable keeps its type, and must be there", async () => {
    const given = { v: { __prefect_kind: "workspace_variable", variable_name: "size" } };
    for (const size of [1, "x", true, null, [1], { a: 1 }])
      expect(await templates.renderValue(given, context, { variables: { size } })).toEqual({ v: size });
    await expect(templates.renderValue(given, context)).rejects.toThrow("Variable 'size' not found");
  });

  it("takes objects with a kind as data where they are none of its own", async () => {
    const given = { __prefect_kind: "json", value: "{{ a }}" };
    expect(await templates.renderValue(given, context, { kinds: false })).toEqual({
      __prefect_kind: "json",
      value: 1,
    });
  });
});
