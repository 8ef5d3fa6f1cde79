import sql from "sql-template-tag";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "../../server/graphql/schema.ts";
import { ask, startTestServer, type TestServer } from "../support/wire.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ schema });
});
afterAll(() => server.close());

const result = `__typename
  ... on Automation { id name enabled updatedAt document warnings { path message } }
  ... on InvalidInputError { message issues { path message } }
  ... on NotFoundError { message }`;

interface Result {
  __typename: string;
  id: string;
  name: string;
  enabled: boolean;
  updatedAt: string;
  document: Record<string, unknown>;
  warnings: { path: string[]; message: string }[];
  message: string;
  issues: { path: string[]; message: string }[];
}

/** What one field of an operation answers. */
async function field<T>(operation: string, variables: object = {}): Promise<T> {
  const { data, errors } = await ask(server.url, operation, { ...variables });
  if (errors !== undefined || data == null) throw new Error(JSON.stringify(errors));
  return Object.values(data)[0] as T; // the operation selects it
}

const create = (automation: object) =>
  field<Result>(
    `mutation ($automation: AutomationInput!) { createAutomation(automation: $automation) { ${result} } }`,
    {
      automation,
    },
  );
const update = (id: string, automation: object) =>
  field<Result>(
    `mutation ($id: ID!, $automation: AutomationInput!) { updateAutomation(id: $id, automation: $automation) { ${result} } }`,
    { id, automation },
  );
const apply = (document: unknown) =>
  field<Result>(`mutation ($document: JSON!) { applyAutomation(document: $document) { ${result} } }`, {
    document,
  });

const simple = { event: { expect: ["order.complete"] } };
const doNothing = [{ doNothing: true }];

describe("an automation as typed input", () => {
  it("comes back as its trigger, its actions and its document", async () => {
    const created = await create({
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
            { sequence: { triggers: [simple] } },
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
    const read = await field<Record<string, unknown>>(
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

  it("is refused with every problem at its place in the input", async () => {
    const refused = await create({
      name: "",
      trigger: {
        sequence: {
          within: -1,
          triggers: [simple, { event: { posture: "PROACTIVE", within: 5, forEach: ["a"], match: { a: 1 } } }],
        },
      },
      actions: [{ runDeployment: { deployment: { inferred: true }, parameters: "10" } }],
      ownerResource: "string",
    });
    expect(refused.__typename).toBe("InvalidInputError");
    expect(refused.issues.map(({ path }) => path.join("."))).toEqual([
      "actions.0.runDeployment.parameters",
      "name",
      "trigger.sequence.triggers.1.event.match.a",
      "trigger.sequence.triggers.1.event.within",
      "trigger.sequence.within",
      "ownerResource",
    ]);
    expect(refused.message).toContain(
      "trigger.sequence.triggers[1].event.within must be at least 10 for Proactive",
    );
  });

  it.each([
    ["no kind of trigger", { trigger: {} }, ["trigger"]],
    ["two kinds of trigger", { trigger: { ...simple, sequence: { triggers: [simple] } } }, ["trigger"]],
    ["a kind that is null", { trigger: { event: null } }, ["trigger", "event"]],
    [
      "a member of two kinds",
      { trigger: { sequence: { triggers: [{ ...simple, metric: null }] } } },
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
      `mutation ($automation: AutomationInput!) { createAutomation(automation: $automation) { ${result} } }`,
      { automation: { name: "one of", trigger: simple, actions: doNothing, ...part } },
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
    const trigger = { ...simple.event, [name]: value };
    const typed = await create({ name: `null ${name}`, trigger: { event: trigger }, actions: doNothing });
    const document = await apply({ name: `null ${name}`, trigger, actions: [{ type: "do-nothing" }] });
    expect(typed.issues).toMatchObject([{ path: ["trigger", "event", name] }]);
    expect(document.issues).toMatchObject([{ path: ["trigger", name] }]);
  });

  it("is taken as often as the same operation comes: its variables hold triggers in triggers", async () => {
    const trigger = { sequence: { triggers: [{ sequence: { triggers: [simple] } }] } };
    for (const name of ["again 1", "again 2", "again 3"])
      expect((await create({ name, trigger, actions: doNothing })).name).toBe(name);
  });

  it("takes a composite's within of null", async () => {
    const trigger = { sequence: { within: null, triggers: [simple] } };
    expect((await create({ name: "no limit", trigger, actions: doNothing })).__typename).toBe("Automation");
  });
});

describe("an automation as a document", () => {
  it("actions 88: is created once, and then stays as it is", async () => {
    const document = {
      name: "applied",
      trigger: { expect: ["x"], within: "PT1M" },
      actions: [{ type: "do-nothing" }],
    };
    const first = await apply(document);
    const second = await apply(document);
    expect(second).toEqual(first);
    expect(first.document).toMatchObject({ trigger: { within: 60 } });
    expect(await apply(first.document)).toEqual(first);
  });

  it("is taken by createAutomation and updateAutomation too, in the place of typed input", async () => {
    const document = { name: "by document", trigger: { expect: ["x"] }, actions: [{ type: "do-nothing" }] };
    const created = await field<Result>(
      `mutation ($document: JSON) { createAutomation(document: $document) { ${result} } }`,
      { document },
    );
    const updated = await field<Result>(
      `mutation ($id: ID!, $document: JSON) { updateAutomation(id: $id, document: $document) { ${result} } }`,
      { id: created.id, document: { ...document, description: "new" } },
    );
    expect(updated).toMatchObject({ id: created.id, document: { description: "new" } });
    const { errors } = await ask(server.url, `mutation { createAutomation { __typename } }`);
    expect(errors?.[0]).toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
  });

  it("actions 89: the guide's API example is refused with two messages; corrected it is saved with a warning", async () => {
    const guide = {
      name: "Event Driven Redeploy",
      description: "Programmatically created an automation to redeploy a flow based on an event",
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
    const refused = await apply(guide);
    expect(refused.issues.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^actions\[0\]\.parameters must be an object/),
      expect.stringMatching(/^owner_resource must be a resource id/),
    ]);
    const { owner_resource: _, ...rest } = guide;
    const saved = await apply({ ...rest, actions: [{ ...guide.actions[0], parameters: { num: "10" } }] });
    expect(saved).toMatchObject({ __typename: "Automation", enabled: true });
    expect(saved.warnings.map(({ path }) => path)).toEqual([
      ["trigger", "within"],
      ["actions", "0", "deployment_id"],
    ]);
  });
});

describe("changing an automation", () => {
  it("answers what it is now, and NotFoundError for one that is not there", async () => {
    const { id, updatedAt } = await create({ name: "changing", trigger: simple, actions: doNothing });
    const same = await update(id, { name: "changing", trigger: simple, actions: doNothing });
    expect(same.updatedAt).toBe(updatedAt);
    expect(await update(id, { name: "changed", trigger: simple, actions: doNothing })).toMatchObject({
      id,
      name: "changed",
    });
    const off = await field<Result>(
      `mutation ($id: ID!) { setAutomationEnabled(id: $id, enabled: false) { ${result} } }`,
      { id },
    );
    expect(off).toMatchObject({ id, enabled: false });
    expect(await field(`mutation ($id: ID!) { deleteAutomation(id: $id) }`, { id })).toEqual([id]);
    expect(await field(`mutation ($id: ID!) { deleteAutomation(id: $id) }`, { id })).toEqual([]);
    expect(await update(id, { name: "late", trigger: simple, actions: doNothing })).toMatchObject({
      __typename: "NotFoundError",
    });
    expect(await field(`query ($id: ID!) { automation(id: $id) { id } }`, { id })).toBeNull();
  });

  it("decisions 21: refuses a name that is taken at `name`", async () => {
    await create({ name: "unique", trigger: simple, actions: doNothing });
    const twice = await create({ name: "unique", trigger: simple, actions: doNothing });
    expect(twice).toMatchObject({ __typename: "InvalidInputError", issues: [{ path: ["name"] }] });
  });
});

describe("finding automations", () => {
  const byName = (name: string) =>
    ask(server.url, `query ($name: String) { automation(name: $name) { id } }`, { name });
  const owned = (owner: string) => ({
    name: "several",
    trigger: { expect: ["x"] },
    actions: [{ type: "do-nothing" }],
    owner_resource: owner,
  });

  it("decisions 21: a name means the one without owner, else the only one, else it is an error that lists ids", async () => {
    const first = await apply(owned("prefect.deployment.1"));
    expect((await byName("several")).data).toEqual({ automation: { id: first.id } });
    const second = await apply(owned("prefect.deployment.2"));
    const { errors } = await byName("several");
    expect(errors?.[0]?.extensions).toEqual({ code: "AMBIGUOUS_NAME", ids: [first.id, second.id].sort() });
    const { owner_resource: _, ...free } = owned("");
    const third = await apply(free);
    expect((await byName("several")).data).toEqual({ automation: { id: third.id } });
    expect((await byName("no such")).data).toEqual({ automation: null });
  });

  it("actions 84: takes exactly one of id and name", async () => {
    const both = await ask(server.url, `{ automation(id: "x", name: "y") { id } }`);
    expect(both.errors?.[0]?.message).toBe("Only one of id or name can be provided");
    const neither = await ask(server.url, `{ automation { id } }`);
    expect(neither.errors?.[0]?.message).toBe("One of id or name must be provided");
  });

  it("pages through them by name, whatever part of it and whatever tags are asked for", async () => {
    for (const name of ["page b", "page a", "Page_c", "page%d"])
      await create({ name, tags: ["paged", name], trigger: simple, actions: doNothing });
    const page = (variables: object) =>
      field<{
        nodes: { name: string }[];
        totalCount: number;
        pageInfo: { endCursor: string; hasNextPage: boolean };
      }>(
        `query ($first: Int, $after: String, $nameLike: String, $tags: [String!]) {
          automations(first: $first, after: $after, nameLike: $nameLike, tags: $tags) {
            nodes { name } totalCount pageInfo { endCursor hasNextPage } } }`,
        variables,
      );
    const seen: string[] = [];
    for (let after: string | undefined, more = true; more; ) {
      const { nodes, pageInfo, totalCount } = await page({ first: 3, after, tags: ["paged"] });
      expect(totalCount).toBe(4);
      seen.push(...nodes.map(({ name }) => name));
      after = pageInfo.endCursor;
      more = pageInfo.hasNextPage;
    }
    expect(new Set(seen)).toEqual(new Set(["page b", "page a", "Page_c", "page%d"]));
    expect(seen).toHaveLength(4);
    const names = async (variables: object) => (await page(variables)).nodes.map(({ name }) => name).sort();
    expect(await names({ nameLike: "PAGE_" })).toEqual(["Page_c"]);
    expect(await names({ nameLike: "e%" })).toEqual(["page%d"]);
    expect(await names({ tags: ["paged", "page a"] })).toEqual(["page a"]);
    const { errors } = await ask(server.url, `{ automations(after: "nonsense") { totalCount } }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_CURSOR" });
  });

  it("actions 4.2: a deployment shows its own and those that run it", async () => {
    const [row] = await server.context.db.query<{ id: string }>(sql`
      WITH made AS (INSERT INTO flow (id, name) VALUES (gen_random_uuid(), 'shown') RETURNING id)
      INSERT INTO deployment (id, flow_id, name, tags, parameters, paused)
      SELECT gen_random_uuid(), id, 'shown', '{}', '{}', false FROM made RETURNING id`);
    const id = row?.id ?? "";
    await apply({ ...owned(`prefect.deployment.${id}`), name: "its own" });
    const run = [{ runDeployment: { deployment: { id } } }];
    const runs = await create({ name: "runs it", trigger: simple, actions: run });
    expect(runs.warnings).toEqual([]);
    await create({ name: "other", trigger: simple, actions: doNothing });
    const deployment = await field<object>(
      `query ($id: ID!) { deployment(id: $id) { automations { name } } }`,
      { id },
    );
    expect(deployment).toEqual({ automations: [{ name: "its own" }, { name: "runs it" }] });
  });
});
