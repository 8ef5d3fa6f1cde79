import { describe, expect, it } from "vitest";
import { isOneExpression, render, templateProblem } from "../../../core/action/template.ts";

const event = {
  id: "e1",
  event: "order.complete",
  resource: { "prefect.resource.id": "order.7", "prefect.resource.name": "Seven", "order state": "done" },
  related: [{ "prefect.resource.id": "user.ann", "prefect.resource.role": "user" }],
  payload: { n: 10, deep: { list: [1, { ok: true }] }, none: null },
  follows: null,
};

const rendered = (text: string) => render(text, { event });

describe("actions 3.6: templates in parameters", () => {
  it.each([
    ["{{ event.payload.n }}", 10],
    ["  {{event.payload.deep}} ", { list: [1, { ok: true }] }],
    ["{{ event.payload.deep.list[1].ok }}", true],
    ["{{ event.payload['n'] }}", 10],
    ['{{ event.resource["prefect.resource.id"] }}', "order.7"],
    ["{{ event.resource.id }}", "order.7"],
    ["{{ event.related[0].role }}", "user"],
    ["{{ event.payload.none }}", null],
    ["{{ event.payload.missing.deeper }}", null],
    ["{{ event }}", event],
  ])("one whole expression keeps the value's type: %s", (text, value) => {
    expect(rendered(text)).toEqual(value);
    expect(isOneExpression(text)).toBe(true);
  });

  it.each([
    ["n is {{ event.payload.n }}!", "n is 10!"],
    ["{{ event.event }}/{{ event.id }}", "order.complete/e1"],
    ["<{{ event.payload.missing }}>", "<>"],
    ["<{{ event.payload.none }}>", "<null>"],
    ["{{ event.payload.deep }} ", { list: [1, { ok: true }] }],
    ["a {{ event.payload.deep }}", 'a {"list":[1,{"ok":true}]}'],
    ["no template: }} {# or { { at all", "no template: }} {# or { { at all"],
  ])("with text around it becomes text: %s", (text, value) => {
    expect(rendered(text)).toEqual(value);
  });

  it("renders strings at any depth and leaves everything else as it is", () => {
    expect(
      render({ a: ["{{ event.payload.n }}", 1, null, { b: "x{{ event.id }}" }], c: true }, { event }),
    ).toEqual({
      a: [10, 1, null, { b: "xe1" }],
      c: true,
    });
  });

  it("reaches own properties only", () => {
    expect(rendered("{{ event.constructor }}")).toBeNull();
    expect(rendered("{{ event.__proto__ }}")).toBeNull();
    expect(rendered("{{ event.related.length }}")).toBeNull();
  });

  it("renders nothing where the firing saw no event", () => {
    expect(render({ user: "{{ event.payload.user }}", text: "[{{ event.id }}]" }, { event: null })).toEqual({
      user: null,
      text: "[]",
    });
  });

  it.each([
    [
      "{{ flow_run.name }}",
      'the expression {{ flow_run.name }} begins with "flow_run", which is unknown; known is event',
    ],
    ["{{ event.payload.n | upper }}", "the expression {{ event.payload.n | upper }} is not supported"],
    ["x {% if a %}", "the tag {% if a %} is not supported"],
    ["{{ event.id", 'the expression {{ event.id has no end: "}}" is missing'],
    ["{{ }}", "the expression {{ }} is not supported"],
  ])("refuses when saved what it could not render: %s", (text, problem) => {
    expect(templateProblem(text)).toContain(problem);
  });

  it("finds nothing wrong with texts that are no templates, and with good ones", () => {
    expect(templateProblem("a }} b")).toBeNull();
    expect(templateProblem('{{ event.payload["a }} b"] }}')).toBeNull();
  });
});
