import { describe, expect, it } from "vitest";
import { actionTemplates } from "../../../core/automation/action-kinds.ts";
import { definitionTemplates } from "../../../core/automation/definition-templates.ts";
import { automationDocument } from "../../../core/automation/document.ts";
import { parseAutomationDocument, parseAutomationInput } from "../../../core/automation/parse.ts";
import { automationWarnings } from "../../../core/automation/warnings.ts";
import { InvalidInputError } from "../../../core/error.ts";

const resource = { "prefect.resource.id": "order.{{ event.payload.id }}" };
const least = { type: "emit-event", event: "order.late", resource };
const whole = {
  ...least,
  event: "order.{{ event.payload.what }}",
  related: [{ "prefect.resource.id": "{{ event.resource.id }}", "prefect.resource.role": "cause" }],
  payload: { days: "{{ event.payload.days }}", "a.b": ["since {{ now }}", 1] },
  strict: true,
};

const ownName = 'must not begin with "prefect.", as the server\'s own events do';

const parse = (action: object, trigger: object = { expect: ["x"] }) =>
  parseAutomationDocument({ name: "a", trigger, actions: [action] });
const parseInput = (emitEvent: object) =>
  parseAutomationInput({ name: "a", trigger: { event: { expect: ["x"] } }, actions: [{ emitEvent }] });

/** Every problem of what is refused: its place, and what is said. */
function refusals(work: () => unknown): [string, string][] {
  try {
    work();
  } catch (error) {
    if (error instanceof InvalidInputError)
      return error.issues.map(({ path, message }) => [path.join("|"), message]);
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("actions 1.2: the fields of emit-event", () => {
  it.each([
    ["the least", least],
    ["all of them", whole],
  ])("%s are read, and written as they were", (_, action) => {
    const definition = parse(action);
    expect(automationDocument(definition).actions).toEqual([action]);
    expect(parseAutomationDocument(automationDocument(definition))).toEqual(definition);
  });

  it("as typed input they are the same", () => {
    const { type, ...fields } = whole;
    expect(parseInput(fields).actions).toEqual(parse(whole).actions);
    expect(parseInput({ event: "order.late", resource, related: null, payload: null }).actions).toEqual(
      parse(least).actions,
    );
  });

  it("3.1: all texts are looked at for templates; only those of the payload may be more than text", () => {
    const definition = parse(whole);
    expect(definition.actions.flatMap(actionTemplates)).toEqual([
      { path: ["event"], source: "order.{{ event.payload.what }}", as: "text" },
      { path: ["resource", "prefect.resource.id"], source: "order.{{ event.payload.id }}", as: "text" },
      { path: ["related", "0", "prefect.resource.id"], source: "{{ event.resource.id }}", as: "text" },
      { path: ["payload", "days"], source: "{{ event.payload.days }}", as: "value" },
      { path: ["payload", "a.b", "0"], source: "since {{ now }}", as: "text" },
    ]);
    expect(definitionTemplates(definition, "input")[1]?.path).toEqual([
      "actions",
      "0",
      "emitEvent",
      "resource",
      "prefect.resource.id",
    ]);
  });

  it("every problem is told, with its place", () => {
    const wrong = {
      type: "emit-event",
      resource: { name: 5 },
      related: [{ "prefect.resource.id": "x" }],
      payload: [],
      strict: 1,
      follow: "x",
    };
    expect(refusals(() => parse(wrong))).toEqual([
      ["actions|0|event", "actions[0].event is required"],
      [
        "actions|0|resource|prefect.resource.id",
        'actions[0].resource["prefect.resource.id"] resource id is required: a text that is not empty',
      ],
      ["actions|0|resource|name", "actions[0].resource.name must be a text, and is the number 5"],
      [
        "actions|0|related|0|prefect.resource.role",
        'actions[0].related[0]["prefect.resource.role"] role is required: a text that is not empty',
      ],
      ["actions|0|payload", "actions[0].payload must be an object; it is a list"],
      ["actions|0|strict", "actions[0].strict must be true or false; it is the number 1"],
      [
        "actions|0|follow",
        'actions[0].follow is no field of the action emit-event; there is "payload", "type", "event", "related", "strict", "resource"',
      ],
    ]);
    expect(refusals(() => parseInput({ event: "x", resource: null, related: {} }))).toEqual([
      [
        "actions|0|emitEvent|resource",
        "actions[0].emitEvent.resource must be an object of labels, and is null",
      ],
      [
        "actions|0|emitEvent|related",
        "actions[0].emitEvent.related must be a list of objects of labels; it is an object",
      ],
    ]);
  });

  it.each([
    ["that is empty", "", "must not be empty"],
    ["of the server's own", "prefect.flow-run.Completed", ownName],
    ["that can only be one of the server's own", "prefect.{{ event.payload.x }}", ownName],
    ["that is too long", "x".repeat(1025), "must have at most 1024 characters; it has 1025"],
  ])("a name %s is refused", (_, event, problem) => {
    expect(refusals(() => parse({ ...least, event }))).toEqual([
      ["actions|0|event", `actions[0].event ${problem}`],
    ]);
  });

  it.each(["prefect", "prefecture.opened", "my.prefect.x"])("the name %j is not", (event) => {
    expect(parse({ ...least, event }).actions).toMatchObject([{ event }]);
  });

  it("at most a hundred related resources are taken", () => {
    const one = { "prefect.resource.id": "x", "prefect.resource.role": "thing" };
    expect(parse({ ...least, related: Array(100).fill(one) }).actions).toHaveLength(1);
    expect(refusals(() => parse({ ...least, related: Array(101).fill(one) }))).toEqual([
      ["actions|0|related", "actions[0].related has 101 related resources; at most 100 are taken"],
    ]);
  });
});

describe("actions 2.5: an automation that may hear what it emits", () => {
  const isWarned = (trigger: object, action: object = {}) =>
    automationWarnings(parse({ ...least, ...action }, trigger)).some(({ message }) =>
      /actions\[0\] may loop: the event that it emits/.test(message),
    );

  it.each<[string, object, object?]>([
    ["its name", { expect: ["order.late"] }],
    ["a pattern of it", { expect: ["order.*"] }],
    ["every event", { expect: ["*"] }],
    [
      "a name that its template may give",
      { expect: ["order.late"] },
      { event: "order.{{ event.payload.x }}" },
    ],
    [
      "a label that its template may give",
      { expect: ["order.late"], match: { "prefect.resource.id": "order.*" } },
    ],
    [
      "a related resource",
      { expect: ["order.late"], match_related: { "prefect.resource.role": "cause" } },
      { related: whole.related },
    ],
    [
      "it in a member of a composite",
      { require: "any", triggers: [{ expect: ["order.late"] }, { expect: ["b"] }] },
    ],
  ])("is warned of where the trigger expects %s", (_, trigger, action) => {
    expect(isWarned(trigger, action)).toBe(true);
  });

  it.each<[string, object, object?]>([
    ["another name", { expect: ["order.paid"] }],
    [
      "a name that its template cannot give",
      { expect: ["order.late"] },
      { event: "item.{{ event.payload.x }}" },
    ],
    ["a label that it lacks", { expect: ["order.late"], match: { customer: "x" } }],
    ["another resource", { expect: ["order.late"], match: { "prefect.resource.id": "item.*" } }],
    [
      "a related resource that it lacks",
      { expect: ["order.late"], match_related: { "prefect.resource.role": "x" } },
    ],
    ["its absence", { posture: "Proactive", expect: ["order.late"], within: 10 }],
  ])("is not where the trigger expects %s", (_, trigger, action) => {
    expect(isWarned(trigger, action)).toBe(false);
  });
});
