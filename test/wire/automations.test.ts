import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "../../server/graphql/schema.ts";
import { automationFields, automationsOver, doNothing, simpleTrigger } from "../support/automations.ts";
import { ask, startTestServer, type TestServer } from "../support/wire.ts";

let server: TestServer;
let api: ReturnType<typeof automationsOver>;

beforeAll(async () => {
  server = await startTestServer({ schema });
  api = automationsOver(server);
});
afterAll(() => server.close());

describe("an automation as typed input", () => {
  it("comes back as its trigger, its actions and its document", async () => {
    const created = await api.create({
      name: "typed",
      description: "all kinds",
      tags: ["a"],
      trigger: {
        compound: {
          require: "2",
          within: 60,
          triggers: [
            {
              event: {
                match: { genus: "Marmota", species: ["monax", "flaviventris"] },
                matchRelated: [{ "prefect.resource.role": "tag" }],
                after: ["animal.woke"],
                expect: ["animal.walked", "animal.ran"],
                forEach: ["prefect.resource.id"],
                posture: "PROACTIVE",
                threshold: 2,
                within: 30,
              },
            },
            { sequence: { triggers: [simpleTrigger] } },
            { metric: { metric: { name: "SUCCESSES", operator: "LT", threshold: 0.9 } } },
          ],
        },
      },
      actions: [
        {
          runDeployment: {
            deployment: { id: "d1" },
            parameters: { a: [1, "{{ event }}"] },
            scheduleAfter: 5,
          },
        },
      ],
      actionsOnResolve: doNothing,
    });
    expect(created.document).toEqual({
      name: "typed",
      description: "all kinds",
      enabled: true,
      tags: ["a"],
      owner_resource: null,
      trigger: {
        type: "compound",
        require: 2,
        within: 60,
        triggers: [
          {
            type: "event",
            match: { genus: "Marmota", species: ["flaviventris", "monax"] },
            match_related: { "prefect.resource.role": "tag" },
            after: ["animal.woke"],
            expect: ["animal.ran", "animal.walked"],
            for_each: ["prefect.resource.id"],
            posture: "Proactive",
            threshold: 2,
            within: 30,
          },
          {
            type: "sequence",
            within: null,
            triggers: [
              {
                type: "event",
                match: {},
                match_related: {},
                after: [],
                expect: ["order.complete"],
                for_each: [],
                posture: "Reactive",
                threshold: 1,
                within: 0,
              },
            ],
          },
          {
            type: "metric",
            match: {},
            match_related: {},
            metric: { name: "successes", operator: "<", threshold: 0.9, range: 300, firing_for: 300 },
          },
        ],
      },
      actions: [
        {
          type: "run-deployment",
          source: "selected",
          deployment_id: "d1",
          parameters: { a: [1, "{{ event }}"] },
          schedule_after: 5,
        },
      ],
      actions_on_trigger: [],
      actions_on_resolve: [{ type: "do-nothing" }],
    });
    const read = await api.field<Record<string, unknown>>(
      `query ($id: ID!) { automation(id: $id) {
        id name description enabled tags ownerResource createdAt updatedAt deletedAt
        actions { type settings } actionsOnTrigger { type } actionsOnResolve { type settings }
        trigger { __typename ... on CompoundTrigger { id require within triggers { __typename
          ... on EventTrigger { id match matchRelated after expect forEach posture threshold within }
          ... on SequenceTrigger { id within triggers { ... on EventTrigger { expect posture } } }
          ... on MetricTrigger { id match matchRelated metric { name operator threshold range firingFor } } } } } } }`,
      { id: created.id },
    );
    expect(read).toMatchObject({
      name: "typed",
      ownerResource: null,
      deletedAt: null,
      actions: [
        { type: "run-deployment", settings: { source: "selected", deployment_id: "d1", schedule_after: 5 } },
      ],
      actionsOnTrigger: [],
      actionsOnResolve: [{ type: "do-nothing", settings: {} }],
      trigger: {
        __typename: "CompoundTrigger",
        require: "2",
        within: 60,
        triggers: [
          {
            match: { genus: "Marmota", species: ["flaviventris", "monax"] },
            matchRelated: [{ "prefect.resource.role": "tag" }],
            posture: "PROACTIVE",
            threshold: 2,
            within: 30,
          },
          { within: null, triggers: [{ expect: ["order.complete"], posture: "REACTIVE" }] },
          { metric: { name: "SUCCESSES", operator: "LT", threshold: 0.9, range: 300, firingFor: 300 } },
        ],
      },
    });
  });

  it("retries a run, or emits an event whose templates are checked where they stand", async () => {
    const resource = { "prefect.resource.id": "order.{{ event.payload.id }}" };
    const emitEvent = { event: "order.late", resource, payload: { days: "{{ event.payload.days }}" } };
    const definition = (emits: object) => ({
      name: "chained",
      trigger: simpleTrigger,
      actions: [{ retryFlowRun: { inferred: true } }, { emitEvent: emits }],
    });
    const created = await api.create(definition({ ...emitEvent, related: null }));
    expect(created.document).toMatchObject({
      actions: [
        { type: "retry-flow-run", source: "inferred" },
        { type: "emit-event", ...emitEvent },
      ],
    });
    const broken = { ...emitEvent, resource: { ...resource, late: "{{ by" }, payload: { a: ["{% if %}"] } };
    const refused = await api.create(definition(broken));
    expect(refused.issues.map(({ path }) => path.join("."))).toEqual([
      "actions.1.emitEvent.payload.a.0",
      "actions.1.emitEvent.resource.late",
      "name",
    ]);
  });

  it("is refused with every problem at its place in the input", async () => {
    const refused = await api.create({
      name: "",
      trigger: {
        sequence: {
          within: -1,
          triggers: [
            simpleTrigger,
            { event: { posture: "PROACTIVE", within: 5, forEach: ["a"], match: { a: 1 } } },
          ],
        },
      },
      actions: [{ runDeployment: { deployment: { inferred: true }, parameters: "10" } }],
      ownerResource: "string",
    });
    expect(refused.__typename).toBe("InvalidInputError");
    expect(refused.issues.map(({ path }) => path.join("."))).toEqual([
      "actions.0.runDeployment.parameters",
      "name",
      "ownerResource",
      "trigger.sequence.triggers.1.event.match.a",
      "trigger.sequence.triggers.1.event.within",
      "trigger.sequence.within",
    ]);
    expect(refused.message).toContain(
      "trigger.sequence.triggers[1].event.within must be at least 10 for Proactive",
    );
  });

  it.each([
    ["no kind of trigger", { trigger: {} }, ["trigger"]],
    [
      "two kinds of trigger",
      { trigger: { ...simpleTrigger, sequence: { triggers: [simpleTrigger] } } },
      ["trigger"],
    ],
    ["a kind that is null", { trigger: { event: null } }, ["trigger", "event"]],
    [
      "a member of two kinds",
      { trigger: { sequence: { triggers: [{ ...simpleTrigger, metric: null }] } } },
      ["trigger", "sequence", "triggers", "0"],
    ],
    ["no type of action", { actions: [{}] }, ["actions", "0"]],
    [
      "two types of action",
      { actions: [{ doNothing: true, runDeployment: { deployment: { id: "d" } } }] },
      ["actions", "0"],
    ],
    ["doNothing: false", { actions: [{ doNothing: false }] }, ["actions", "0", "doNothing"]],
    [
      "no target",
      { actions: [{ runDeployment: { deployment: {} } }] },
      ["actions", "0", "runDeployment", "deployment"],
    ],
    [
      "two targets",
      { actions: [{ runDeployment: { deployment: { id: "d", inferred: true } } }] },
      ["actions", "0", "runDeployment", "deployment"],
    ],
    [
      "inferred: false",
      { actions: [{ runDeployment: { deployment: { inferred: false } } }] },
      ["actions", "0", "runDeployment", "deployment", "inferred"],
    ],
  ])("decisions 11: with %s is refused, though sent as a variable", async (_, part, path) => {
    const { data, errors } = await ask(
      server.url,
      `mutation ($automation: AutomationInput!) { createAutomation(automation: $automation) { ${automationFields} } }`,
      { automation: { name: "one of", trigger: simpleTrigger, actions: doNothing, ...part } },
    );
    // Whoever looks first refuses: GraphQL as a request that is none, or the operation.
    if (errors === undefined)
      expect(data?.createAutomation).toMatchObject({ __typename: "InvalidInputError", issues: [{ path }] });
    else expect(errors[0]?.message).toMatch(/exactly one|non-null/i);
  });

  it.each([
    ["match", null],
    ["expect", null],
    ["posture", null],
    ["threshold", null],
    ["within", null],
  ])("triggers 4: an explicit null as %s is judged like in a document", async (name, value) => {
    const trigger = { ...simpleTrigger.event, [name]: value };
    const typed = await api.create({ name: `null ${name}`, trigger: { event: trigger }, actions: doNothing });
    const document = await api.apply({ name: `null ${name}`, trigger, actions: [{ type: "do-nothing" }] });
    expect(typed.issues).toMatchObject([{ path: ["trigger", "event", name] }]);
    expect(document.issues).toMatchObject([{ path: ["trigger", name] }]);
  });

  it("is taken as often as the same operation comes: its variables hold triggers in triggers", async () => {
    const trigger = { sequence: { triggers: [{ sequence: { triggers: [simpleTrigger] } }] } };
    for (const name of ["again 1", "again 2", "again 3"])
      expect((await api.create({ name, trigger, actions: doNothing })).name).toBe(name);
  });

  it("takes a composite's within of null", async () => {
    const trigger = { sequence: { within: null, triggers: [simpleTrigger] } };
    expect((await api.create({ name: "no limit", trigger, actions: doNothing })).__typename).toBe(
      "Automation",
    );
  });
});
