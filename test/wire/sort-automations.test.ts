import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "../../server/graphql/schema.ts";
import { automationsOver, doNothing, simpleTrigger } from "../support/automations.ts";
import { ask, startTestServer, type TestServer } from "../support/wire.ts";

let server: TestServer;
let api: ReturnType<typeof automationsOver>;
const owner = "prefect.deployment.0198f3a2-0000-7000-8000-000000000001";
const pool = "0198f3a2-0000-7000-8000-00000000000a";

interface Listed {
  nodes: { id: string; name: string; createdAt: string; revision: number }[];
  totalCount: number;
  pageInfo: { endCursor: string; hasNextPage: boolean };
}

const list = (variables: object) =>
  api.field<Listed>(
    `query ($first: Int, $after: String, $filter: AutomationFilter, $sort: AutomationSort) {
      automations(first: $first, after: $after, filter: $filter, sort: $sort) {
        nodes { id name createdAt revision } totalCount pageInfo { endCursor hasNextPage } } }`,
    variables,
  );
const names = async (variables: object) => (await list(variables)).nodes.map(({ name }) => name);
const found = async (filter: object) => (await names({ filter })).sort();

beforeAll(async () => {
  server = await startTestServer({ schema });
  api = automationsOver(server);
  await api.apply({
    name: "b plain",
    tags: ["x", "y"],
    trigger: { expect: ["e"] },
    actions: [{ type: "do-nothing" }],
  });
  await api.apply({
    name: "c owned",
    enabled: false,
    tags: ["x"],
    owner_resource: owner,
    trigger: { type: "sequence", triggers: [{ expect: ["a"] }, { expect: ["b"] }] },
    actions: [{ type: "cancel-flow-run" }],
  });
  const metric = await api.apply({
    name: "a metric",
    trigger: { type: "metric", metric: { name: "lateness", operator: ">", threshold: 5 } },
    actions: [],
    actions_on_resolve: [{ type: "resume-work-pool", work_pool_id: pool }],
  });
  expect(metric.issues ?? []).toEqual([]);
});
afterAll(() => server.close());

describe("actions 5.2: the list of automations", () => {
  it("is sorted by name, either way, and by when they were created and changed", async () => {
    expect(await names({})).toEqual(["a metric", "b plain", "c owned"]);
    expect(await names({ sort: "NAME_DESC" })).toEqual(["c owned", "b plain", "a metric"]);
    expect(await names({ sort: "CREATED_DESC" })).toEqual(["a metric", "c owned", "b plain"]);
    await api.apply({
      name: "b plain",
      tags: ["x", "y"],
      description: "changed",
      trigger: { expect: ["e"] },
      actions: [{ type: "do-nothing" }],
    });
    expect(await names({ sort: "UPDATED_DESC" })).toEqual(["b plain", "a metric", "c owned"]);
    expect(await names({ sort: "CREATED_DESC" })).toEqual(["a metric", "c owned", "b plain"]);
  });

  it.each(["NAME_ASC", "NAME_DESC", "CREATED_DESC", "UPDATED_DESC"])(
    "goes on behind a cursor by %s",
    async (sort) => {
      const whole = await names({ sort });
      const seen: string[] = [];
      let after: string | undefined;
      for (let more = true; more; ) {
        const page = await list({ sort, first: 1, after });
        seen.push(...page.nodes.map(({ name }) => name));
        after = page.pageInfo.endCursor;
        more = page.pageInfo.hasNextPage;
      }
      expect(seen).toEqual(whole);
    },
  );

  it("is filtered by name, tags, whether it watches, owner, age, and types of trigger and actions", async () => {
    expect(await found({ names: ["a metric", "c owned", "nobody"] })).toEqual(["a metric", "c owned"]);
    expect(await found({ names: [] })).toEqual([]);
    expect(await found({ enabled: false })).toEqual(["c owned"]);
    expect(await found({ tags: ["x", "y"] })).toEqual(["b plain"]);
    expect(await found({ anyTags: ["y", "z"] })).toEqual(["b plain"]);
    expect(await found({ noTags: ["y"] })).toEqual(["a metric", "c owned"]);
    expect(await found({ tagged: false })).toEqual(["a metric"]);
    expect(await found({ ownerResource: owner })).toEqual(["c owned"]);
    expect(await found({ owned: false })).toEqual(["a metric", "b plain"]);
    expect(await found({ relatedTo: owner })).toEqual(["c owned"]);
    expect(await found({ relatedTo: `prefect.work-pool.${pool}` })).toEqual(["a metric"]);
    expect(await found({ triggerTypes: ["metric", "sequence"] })).toEqual(["a metric", "c owned"]);
    expect(await found({ actionTypes: ["resume-work-pool", "do-nothing"] })).toEqual(["a metric", "b plain"]);
    expect(await found({ actionTypes: ["cancel-flow-run"], enabled: true })).toEqual([]);
    const [first] = (await list({ sort: "CREATED_DESC" })).nodes.slice(-1);
    expect(await found({ createdBefore: first?.createdAt })).toEqual([]);
    expect((await list({ filter: { anyTags: ["x"] }, first: 1 })).totalCount).toBe(2);
  });

  it("says of a type that there is not which one was meant", async () => {
    const { errors } = await ask(
      server.url,
      `{ automations(filter: { actionTypes: ["cancel-flowrun"] }) { totalCount } }`,
    );
    expect(errors?.[0]?.message).toBe(
      'filter.actionTypes: "cancel-flowrun" is no type; did you mean "cancel-flow-run"?',
    );
  });
});

describe("actions 5.1: the revision of an automation", () => {
  it("refuses an update of one that somebody else has changed, and changes nothing", async () => {
    const made = await api.create({ name: "revised", trigger: simpleTrigger, actions: doNothing });
    const update = (description: string, ifRevision: number) =>
      api.field<object>(
        `mutation ($id: ID!, $document: JSON, $ifRevision: Int) {
          updateAutomation(id: $id, document: $document, ifRevision: $ifRevision) {
            ... on Automation { description revision } ... on InvalidInputError { issues { path message } } } }`,
        {
          id: made.id,
          ifRevision,
          document: {
            name: "revised",
            description,
            trigger: { expect: ["e"] },
            actions: [{ type: "do-nothing" }],
          },
        },
      );
    expect(await update("first", 1)).toEqual({ description: "first", revision: 2 });
    const message = "it is at revision 2, not 1: somebody has changed it; read it again";
    expect(await update("second", 1)).toEqual({ issues: [{ path: ["ifRevision"], message }] });
    expect(await update("second", 2)).toEqual({ description: "second", revision: 3 });
  });
});

describe("actions 5.2: deleting all that belongs to a resource", () => {
  it("deletes these, each with its event, and no other", async () => {
    const mine = "shop.order.7";
    const ids = [];
    for (const name of ["one", "two"])
      ids.push(
        (
          await api.apply({
            name,
            owner_resource: mine,
            trigger: { expect: ["x"] },
            actions: [{ type: "do-nothing" }],
          })
        ).id,
      );
    const remove = () =>
      api.field<string[]>("mutation ($owner: String!) { deleteAutomationsOwnedBy(ownerResource: $owner) }", {
        owner: mine,
      });
    expect((await remove()).sort()).toEqual([...ids].sort());
    expect(await found({ ownerResource: mine })).toEqual([]);
    expect(await found({ ownerResource: owner })).toEqual(["c owned"]);
    const events = await api.field<{ nodes: { resource: Record<string, string> }[] }>(
      `{ events(filter: { events: ["prefect.automation.deleted"] }) { nodes { resource } } }`,
    );
    expect(events.nodes.map(({ resource }) => resource["prefect.resource.id"]).sort()).toEqual(
      ids.map((id) => `prefect.automation.${id}`).sort(),
    );
    expect(await remove()).toEqual([]);
  });
});
