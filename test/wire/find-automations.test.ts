import sql from "sql-template-tag";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "../../server/graphql/schema.ts";
import { automationsOver, doNothing, simpleTrigger } from "../support/automations.ts";
import { ask, startTestServer, type TestServer } from "../support/wire.ts";

let server: TestServer;
let api: ReturnType<typeof automationsOver>;

beforeAll(async () => {
  server = await startTestServer({ schema });
  api = automationsOver(server);
});
afterAll(() => server.close());

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
    const first = await api.apply(owned("prefect.deployment.1"));
    expect((await byName("several")).data).toEqual({ automation: { id: first.id } });
    const second = await api.apply(owned("prefect.deployment.2"));
    const { errors } = await byName("several");
    expect(errors?.[0]?.extensions).toEqual({ code: "AMBIGUOUS_NAME", ids: [first.id, second.id].sort() });
    const { owner_resource: _, ...free } = owned("");
    const third = await api.apply(free);
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
      await api.create({ name, tags: ["paged", name], trigger: simpleTrigger, actions: doNothing });
    const page = (variables: object) =>
      api.field<{
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
    await api.apply({ ...owned(`prefect.deployment.${id}`), name: "its own" });
    const run = [{ runDeployment: { deployment: { id } } }];
    const runs = await api.create({ name: "runs it", trigger: simpleTrigger, actions: run });
    expect(runs.warnings).toEqual([]);
    await api.create({ name: "other", trigger: simpleTrigger, actions: doNothing });
    const deployment = await api.field<object>(
      `query ($id: ID!) { deployment(id: $id) { automations { name } } }`,
      { id },
    );
    expect(deployment).toEqual({ automations: [{ name: "its own" }, { name: "runs it" }] });
  });
});
