import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { definitionTemplates } from "../../../core/automation/definition-templates.ts";
import { automationDocument } from "../../../core/automation/document.ts";
import { parseAutomationDocument } from "../../../core/automation/parse.ts";
import { automationWarnings } from "../../../core/automation/warnings.ts";
import { InvalidInputError } from "../../../core/error.ts";
import { blankProblem } from "../../../core/name.ts";

const trigger = { expect: ["x"] };
const doNothing = { type: "do-nothing" };
const whole = { name: "a", trigger, actions: [doNothing] };

function issues(document: unknown) {
  try {
    parseAutomationDocument(document);
  } catch (error) {
    if (error instanceof InvalidInputError) return error.issues;
    throw error;
  }
  throw new Error("nothing was refused");
}

const messages = (document: unknown) => issues(document).map(({ message }) => message);
const ofAction = (action: object) => messages({ ...whole, actions: [action] });

describe("actions 5.1: an automation's fields", () => {
  it("are filled in where they are left out", () => {
    expect(parseAutomationDocument(whole)).toMatchObject({
      description: "",
      enabled: true,
      tags: [],
      actionsOnTrigger: [],
      actionsOnResolve: [],
      ownerResource: undefined,
    });
  });

  it.each([
    [{ name: undefined }, "name is required"],
    [{ name: "" }, "name must have 1 to 255 characters; it has 0"],
    [{ name: "x".repeat(256) }, "name must have 1 to 255 characters; it has 256"],
    [{ name: null }, "name must be text; it is null"],
    [{ description: 1 }, "description must be text; it is the number 1"],
    [{ enabled: "yes" }, 'enabled must be true or false; it is the text "yes"'],
    [{ enabled: null }, "enabled must be true or false; it is null"],
    [{ tags: { a: 1 } }, "tags must be a list of texts; it is an object"],
    [{ trigger: undefined }, "trigger is required"],
    [{ trigger: null }, "trigger must be an object; it is null"],
    [{ trigger: { within: -1 } }, "trigger.within must be at least 0; it is the number -1"],
    [{ actions: undefined }, "actions is required"],
    [{ actions: doNothing }, "actions must be a list of actions; it is an object"],
    [
      { actions: [] },
      "actions must have at least one action where actions_on_trigger or actions_on_resolve has none",
    ],
    [
      { owner_resource: "string" },
      'owner_resource must be a resource id such as prefect.deployment.<id>; it is the text "string"',
    ],
    [{ owner_resource: 1 }, "owner_resource must be text; it is the number 1"],
    [{ tag: ["a"] }, 'tag is no field of an automation; did you mean "tags"?'],
    [
      { actionsOnTrigger: [] },
      'actionsOnTrigger is no field of an automation; did you mean "actions_on_trigger"?',
    ],
  ])("%j", (part, message) => {
    expect(messages({ ...whole, ...part })).toEqual([message]);
  });

  it("may have actions in any one list", () => {
    for (const list of ["actions_on_trigger", "actions_on_resolve"])
      expect(parseAutomationDocument({ ...whole, actions: [], [list]: [doNothing] })).toBeDefined();
  });

  it("take true and false as text, and tags once each", () => {
    expect(parseAutomationDocument({ ...whole, enabled: "false", tags: ["b", "a", "b"] })).toMatchObject({
      enabled: false,
      tags: ["b", "a"],
    });
  });

  it("actions 5.1: pass over what reading gives back", () => {
    const read = { id: "x", created: "then", updated: "now", ...whole, trigger: { id: "y", ...trigger } };
    expect(parseAutomationDocument(read)).toEqual(parseAutomationDocument(whole));
  });
});

describe("actions 1.0, 1.1: actions", () => {
  it.each([
    [{}, "actions[0].type is required"],
    [
      { type: "run-deploymnet", deployment_id: "x" },
      'actions[0].type is no type of action; it is the text "run-deploymnet"; did you mean "run-deployment"?',
    ],
    [{ type: "do-nothing", reason: "x" }, "actions[0].reason is no field of the action do-nothing"],
    [{ type: "run-deployment" }, "actions[0].deployment_id is required"],
    [{ type: "run-deployment", source: "selected" }, "actions[0].deployment_id is required"],
    [
      { type: "run-deployment", source: "selected", deployment_id: null },
      "actions[0].deployment_id is required",
    ],
    [{ type: "run-deployment", deployment_id: "" }, "actions[0].deployment_id must not be empty"],
    [
      { type: "run-deployment", source: "inferred", deployment_id: "x" },
      "actions[0].deployment_id is not allowed where source is inferred",
    ],
    [
      { type: "run-deployment", source: "guessed" },
      'actions[0].source must be selected or inferred; it is the text "guessed"',
    ],
    [
      { type: "run-deployment", deployment_id: "d", parameters: "10" },
      'actions[0].parameters must be an object; it is the text "10"',
    ],
    [
      { type: "run-deployment", deployment_id: "d", schedule_after: -1 },
      "actions[0].schedule_after must be at least 0; it is the number -1",
    ],
    [
      { type: "run-deployment", deployment_id: "d", schedule_after: null },
      "actions[0].schedule_after must be a number of seconds or an ISO-8601 duration such as PT30S; it is null",
    ],
  ])("%j", (action, message) => {
    const [first, ...more] = ofAction(action);
    expect(first?.startsWith(message) ? message : first).toBe(message);
    expect(more).toEqual([]);
  });

  it("take what the table says", () => {
    const action = {
      type: "run-deployment",
      source: "inferred",
      deployment_id: null,
      parameters: null,
      schedule_after: "PT2H",
    };
    expect(parseAutomationDocument({ ...whole, actions: [action] }).actions).toEqual([
      { type: "run-deployment", deployment: { source: "inferred" }, parameters: null, scheduleAfter: 7200 },
    ]);
  });

  it("name a type that does not exist yet, with all there are", () => {
    expect(ofAction({ type: "send-a-pigeon-home" })[0]).toMatch(/is no type of action.*"run-deployment"/);
  });
});

describe("actions 31: templates in parameters", () => {
  const withParameters = (parameters: object) => ({
    ...whole,
    actions: [{ type: "run-deployment", deployment_id: "d", parameters }],
  });

  it("may be paths of the event, at any depth", () => {
    const parameters = {
      whole: "{{ event }}",
      deep: [{ a: 'id {{ event.resource["prefect.resource.id"] }}!' }],
      literal: "{# no template }}",
      number: 1,
    };
    expect(parseAutomationDocument(withParameters(parameters)).actions).toMatchObject([{ parameters }]);
  });

  it("are named with their places, as their definition was written", () => {
    const parameters = { a: [{ b: "{{ flow_run.name }}" }], c: "x{% if x %}", d: "no template" };
    const { actions } = parseAutomationDocument(withParameters(parameters));
    const lists = { actions: [], actionsOnTrigger: actions, actionsOnResolve: [] };
    expect(definitionTemplates(lists, "document")).toEqual([
      {
        path: ["actions_on_trigger", "0", "parameters", "a", "0", "b"],
        source: "{{ flow_run.name }}",
        as: "value",
      },
      { path: ["actions_on_trigger", "0", "parameters", "c"], source: "x{% if x %}", as: "text" },
    ]);
    expect(definitionTemplates(lists, "input")[0]?.path.slice(0, 4)).toEqual([
      "actionsOnTrigger",
      "0",
      "runDeployment",
      "parameters",
    ]);
  });

  it("actions 25: are placeholders that can be filled in", () => {
    expect(issues(withParameters({ __prefect_kind: "json", value: "{notjson}" }))).toMatchObject([
      {
        path: ["actions", "0", "parameters", "value"],
        message: expect.stringContaining('Invalid JSON: "{notjson}"'),
      },
    ]);
    expect(issues(withParameters({ a: [{ __kind: "jinja" }] }))).toMatchObject([
      { path: ["actions", "0", "parameters", "a", "0", "template"] },
    ]);
  });

  it("hold nothing that cannot be stored", () => {
    expect(issues(withParameters({ a: "\0" }))).toMatchObject([
      { path: ["actions", "0", "parameters", "a"] },
    ]);
  });
});

describe("an automation's document", () => {
  const word = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 8 })
    .filter((one) => !/[\0{]/.test(one));
  const name = word.filter((one) => blankProblem(one) === null);
  const json = fc.dictionary(
    word,
    fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null), fc.array(word)),
  );
  const action = fc.oneof(
    fc.constant(doNothing),
    fc.record(
      {
        type: fc.constant("run-deployment"),
        deployment_id: word,
        parameters: fc.option(json),
        schedule_after: fc.nat(),
      },
      { requiredKeys: ["type", "deployment_id"] },
    ),
    fc.record({ type: fc.constant("run-deployment"), source: fc.constant("inferred") }),
  );
  const automation = fc.record(
    {
      name,
      description: word,
      enabled: fc.boolean(),
      tags: fc.array(name),
      trigger: fc.constant(trigger),
      actions: fc.array(action, { minLength: 1, maxLength: 3 }),
      actions_on_trigger: fc.array(action, { maxLength: 2 }),
      actions_on_resolve: fc.array(action, { maxLength: 2 }),
      owner_resource: fc.constantFrom(null, "prefect.deployment.x"),
    },
    { requiredKeys: ["name", "trigger", "actions"] },
  );

  it("is read as the same automation, and its warnings have places in it", () => {
    fc.assert(
      fc.property(automation, (given) => {
        const read = parseAutomationDocument(given);
        const document = automationDocument(read);
        expect(parseAutomationDocument(JSON.parse(JSON.stringify(document)))).toEqual(read);
        for (const { path } of automationWarnings(read)) expect(document).toHaveProperty(path);
      }),
    );
  });
});

describe("actions 1.1: a target that is to be found in the event", () => {
  const infer = (trigger: object) =>
    automationWarnings(
      parseAutomationDocument({
        ...whole,
        trigger,
        actions: [{ type: "run-deployment", source: "inferred" }],
      }),
    ).map(({ path }) => path.join("."));

  it("is doubtful where the trigger's events are about other things", () => {
    const match = { "prefect.resource.id": "my.external.*" };
    expect(infer({ ...trigger, match })).toEqual(["actions.0.source"]);
    expect(infer({ triggers: [{ ...trigger, match }] })).toEqual(["actions.0.source"]);
  });

  it("is not where they may name it", () => {
    expect(infer(trigger)).toEqual([]);
    for (const id of ["prefect.deployment.*", "*", "!my.*", "pre*"])
      expect(infer({ ...trigger, match: { "prefect.resource.id": id } })).toEqual([]);
    const match_related = { "prefect.resource.role": "deployment" };
    expect(infer({ ...trigger, match: { "prefect.resource.id": "my.*" }, match_related })).toEqual([]);
  });
});

describe("actions 5.2: the guide's examples", () => {
  it("its YAML, but for the action that is not there yet", () => {
    const read = parseAutomationDocument({
      name: "Cancel long running flows",
      description: "Cancel any flow run after an hour of execution",
      trigger: {
        match: { "prefect.resource.id": "prefect.flow-run.*" },
        match_related: {},
        after: ["prefect.flow-run.Failed"],
        expect: ["prefect.flow-run.*"],
        for_each: ["prefect.resource.id"],
        posture: "Proactive",
        threshold: 1,
        within: 30,
      },
      actions: [doNothing],
    });
    expect(read).toMatchObject({
      enabled: true,
      trigger: { type: "event", posture: "Proactive", within: 30 },
    });
  });

  it("actions 89: its API example is refused with two messages", () => {
    const document = {
      name: "Event Driven Redeploy",
      enabled: "true",
      trigger: {
        after: ["string"],
        expect: ["prefect.flow-run.Running"],
        for_each: ["prefect.resource.id"],
        posture: "Proactive",
        threshold: 30,
        within: 0,
      },
      actions: [
        { type: "run-deployment", source: "selected", deployment_id: "YOUR-DEPLOYMENT-ID", parameters: "10" },
      ],
      owner_resource: "string",
    };
    expect(messages(document)).toEqual([
      'actions[0].parameters must be an object; it is the text "10"',
      'owner_resource must be a resource id such as prefect.deployment.<id>; it is the text "string"',
    ]);
  });
});
