import { describe, expect, it } from "vitest";
import type { Json } from "../../core/json.ts";
import { switched } from "../../web/editor/forms.ts";
import { textOf } from "../../web/editor/text-of.ts";
import { lineOf, readWritten, type Written } from "../../web/editor/written.ts";

const yaml = `# what it is for
name: x
trigger:
  match: {a: b}
  expect:
    - first
    - second
actions:
- type: do-nothing
`;

function shown(text: string, written: Written, ...path: string[]): string {
  if (!written.ok) throw new Error(written.message);
  const { from, to } = written.placeOf(path);
  return `${lineOf(text, from)}: ${text.slice(from, to)}`;
}

describe("a text in YAML", () => {
  const written = readWritten(yaml, "YAML");

  it("leads from a path to the field's line, with its value where that stands there", () => {
    expect(shown(yaml, written, "name")).toBe("2: name: x");
    expect(shown(yaml, written, "trigger")).toBe("3: trigger");
    expect(shown(yaml, written, "trigger", "expect", "1")).toBe("7: second");
    expect(shown(yaml, written, "trigger", "match", "a")).toBe("4: a: b");
    expect(shown(yaml, written, "actions", "0", "type")).toBe("9: type: do-nothing");
  });

  it("says which quote is missing", () => {
    expect(readWritten('a: "x', "YAML")).toMatchObject({
      message: 'A text that begins with " here does not end with ".',
    });
  });

  it("leads to the nearest thing around what is not there", () => {
    expect(shown(yaml, written, "trigger", "within")).toBe("3: trigger");
    expect(shown(yaml, written, "actions", "0", "block_document_id")).toBe("9: type: do-nothing");
    expect(shown(yaml, written, "actions_on_resolve")).toBe("2: name: x");
  });

  it("says what is wrong with it, and where", () => {
    const text = "name: x\ntrigger:\n  expect: [a\nactions: []\n";
    const broken = readWritten(text, "YAML");
    if (broken.ok) throw new Error("it was read");
    expect(lineOf(text, broken.place.from)).toBeGreaterThan(2);
    expect(readWritten("a: 1\na: 2\n", "YAML")).toMatchObject({ ok: false, place: { from: 5 } });
    expect(readWritten("a: 1\n---\nb: 2\n", "YAML").ok).toBe(false);
    expect(readWritten("", "YAML")).toMatchObject({ ok: true, value: null });
  });
});

describe("a text in JSON", () => {
  it("leads to its places, also where it is indented by tabs", () => {
    const text = '{\n\t"name": "x",\n\t"actions": [{ "type": "do-nothing" }]\n}\n';
    const written = readWritten(text, "JSON");
    expect(written).toMatchObject({ ok: true, value: { name: "x", actions: [{ type: "do-nothing" }] } });
    expect(shown(text, written, "name")).toBe('2: "name": "x"');
    expect(shown(text, written, "actions", "0", "type")).toBe('3: "type": "do-nothing"');
  });

  it("says what is wrong with it, and where", () => {
    const text = '{\n  "name": "x",\n  "trigger": {,}\n}';
    const broken = readWritten(text, "JSON");
    if (broken.ok) throw new Error("it was read");
    expect(lineOf(text, broken.place.from)).toBe(3);
    expect(readWritten('{"a": 1, "a": 2}', "JSON").ok).toBe(false);
    expect(readWritten("name: x", "JSON").ok).toBe(false);
  });
});

const values: Json = {
  text: 'one\n  two: "three"\n',
  yes: "no",
  date: "2026-01-31",
  number: 1,
  "1.5": "1.50",
  nothing: null,
  list: [[], {}, ["x"], { y: [1, { z: false }] }],
  long: `${"word ".repeat(60)}end`,
  template: "{{ event.payload|tojson }}",
};

it("actions 97: switching the form there and back leaves the value as it is, and the text with its comments", () => {
  const text = textOf(values, "YAML");
  expect(readWritten(text, "YAML")).toMatchObject({ ok: true, value: values });
  const commented = `# mine\n${text}`;
  const asJson = switched({ text: commented, form: "YAML", before: null }, values);
  expect(readWritten(asJson.text, "JSON")).toMatchObject({ ok: true, value: values });
  expect(switched(asJson, values)).toMatchObject({ text: commented, form: "YAML" });
  const changed = switched({ ...asJson, text: '{"a": 1}' }, { a: 1 });
  expect(changed).toMatchObject({ text: "a: 1\n", form: "YAML" });
});
