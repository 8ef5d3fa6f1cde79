import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isJsonObject, type Json } from "../../../core/json.ts";
import { shapeIssues } from "../../../core/webhook/check-template.ts";
import { fillTemplate, templateTexts } from "../../../core/webhook/fill-template.ts";
import { readResult } from "../../../core/webhook/read-result.ts";
import { readTemplate } from "../../../core/webhook/template.ts";

/** The value with every text in it, but for the names of properties, made the same. */
function structure(value: Json): Json {
  if (typeof value === "string") return "text";
  if (Array.isArray(value)) return value.map(structure);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, structure(inner)]));
}

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom('"', '\\"', '", "event": "x', "}", "{{ body }}", "\n", "__proto__", "event", "\\"),
);

const templateText = fc.oneof(
  fc.string(),
  fc.constant("{{ body.a }}"),
  fc.constant("a {% if x %}{% endif %}"),
);
const anyTemplate = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    templateText,
    fc.constantFrom<Json>(null, true, 1.5),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.string(), tie("value"), { maxKeys: 3 }) as fc.Arbitrary<Json>,
  ),
})).value;

describe("actions 6.3: a structured template", () => {
  it("keeps its structure whatever its texts become", () => {
    fc.assert(
      fc.property(anyTemplate, fc.array(anyText, { minLength: 50, maxLength: 50 }), (template, texts) => {
        const places = templateTexts(template).filter(({ key }) => !key);
        fc.pre(places.length === templateTexts(template).length);
        const filled = fillTemplate(template, texts);
        if (!filled.ok) throw new Error("nothing can be the same here");
        expect(structure(filled.value)).toEqual(structure(template));
        // It is the same after a way through JSON.
        expect(structure(JSON.parse(JSON.stringify(filled.value)))).toEqual(structure(template));
      }),
    );
  });

  it("has as many labels as it says, or none of it: no name takes another's place", () => {
    const template: Json = {
      event: "e",
      resource: { "prefect.resource.id": "r", "{{ body.k }}": "{{ body.v }}" },
    };
    fc.assert(
      fc.property(fc.oneof(anyText, fc.constant("prefect.resource.id")), anyText, (name, value) => {
        const filled = fillTemplate(template, [name, value]);
        if (name === "prefect.resource.id") {
          expect(filled.ok).toBe(false);
          return;
        }
        if (!filled.ok || !isJsonObject(filled.value)) throw new Error("it is filled");
        const { resource, ...others } = filled.value;
        expect(others).toEqual({ event: "e" });
        expect(Object.entries(resource as object)).toHaveLength(2);
        expect(Object.getOwnPropertyDescriptor(resource, name)?.value).toBe(value);
      }),
    );
  });

  it("is JSON that is an object or a list; all else is text", () => {
    expect(readTemplate('{"event": "{{ body }}"}').mode).toBe("structured");
    expect(readTemplate("[]").mode).toBe("structured");
    for (const source of ['"{{ body }}"', "{{ body|tojson }}", '{"event": {{ 1 }}}', "1"])
      expect(readTemplate(source).mode).toBe("text");
  });
});

describe("a template is refused when it is saved", () => {
  const r = '"resource": {"prefect.resource.id": "r"}';
  it.each([
    ["", [], "empty"],
    ["nothing", [], "neither JSON"],
    ["[]", [], "empty list"],
    ["{}", ["event"], "event's name"],
    [`{"event": "", ${r}}`, ["event"], "not empty"],
    ['{"event": "e"}', ["resource"], "object of labels"],
    ['{"event": "e", "resource": {}}', ["resource", "prefect.resource.id"], "required"],
    [`{"event": "e", "resource": {"prefect.resource.id": "r", "l": [1]}}`, ["resource", "l"], "a list"],
    [`{"event": "e", ${r}, "evnt": 1}`, ["evnt"], 'did you mean "event"?'],
    [`{"event": "e", ${r}, "{{ body.k }}": 1}`, ["{{ body.k }}"], "no field"],
    [`{"event": "e", ${r}, "payload": "{{ body }}"}`, ["payload"], "must be an object"],
    [`{"event": "e", ${r}, "occurred": "now"}`, ["occurred"], "no time such as"],
    [`{"event": "e", ${r}, "related": [{}]}`, ["related", "0", "prefect.resource.id"], "required"],
    [`[{"event": "e", ${r}}, {"event": "e", ${r}, "id": 7}]`, ["1", "id"], "must be a text"],
    [`{"event": "e", ${r}, "id": "order-7"}`, ["id"], "must be a UUID"],
    [`{"event": "e", ${r}, "follows": "last"}`, ["follows"], "must be a UUID"],
    [`{"event": "prefect.flow-run.Failed", ${r}}`, ["event"], "reserved"],
  ])("%s", (source, path, message) => {
    const issues = shapeIssues(source, false);
    expect(issues).toContainEqual({ path, message: expect.stringContaining(message) });
  });

  it("and taken where nothing is wrong with it", () => {
    for (const source of [
      `{"event": "e", ${r}, "occurred": "{{ body.t }}", "id": "{{ body.id }}", "payload": {"a": ["{{ body }}"]}}`,
      `[{"event": "{{ body.e }}", "resource": {"prefect.resource.id": "{{ body.r }}", "n": 1, "{{ k }}": null}}]`,
      "{{ body|tojson }}",
    ])
      expect(shapeIssues(source, false)).toEqual([]);
    expect(shapeIssues(`{"event": "prefect.x", ${r}}`, true)).toEqual([]);
    expect(shapeIssues(`{"event": "prefect.webhook.received", ${r}}`, true)).toHaveLength(1);
  });
});

it("what a template made is an event or a list of them, and every problem is told", () => {
  expect(readResult([{ event: 1, resource: 2, occurred: "x", follows: [], more: 1 }, null])).toMatchObject({
    ok: false,
    issues: [
      { path: ["0", "more"] },
      { path: ["0", "event"], message: expect.stringContaining("the number 1") },
      { path: ["0", "occurred"] },
      { path: ["0", "follows"] },
      { path: ["1"], message: expect.stringContaining("is null") },
    ],
  });
});
