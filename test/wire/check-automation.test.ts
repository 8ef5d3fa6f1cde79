import { afterAll, beforeAll, expect, it } from "vitest";
import { schema } from "../../server/graphql/schema.ts";
import { automationsOver } from "../support/automations.ts";
import { startTestServer, type TestServer } from "../support/wire.ts";

let server: TestServer;
let api: ReturnType<typeof automationsOver>;

beforeAll(async () => {
  server = await startTestServer({ schema });
  api = automationsOver(server);
});
afterAll(() => server.close());

interface Issue {
  path: string[];
  message: string;
}
const check = (document: unknown, id: string | null = null) =>
  api.field<{ issues: Issue[]; warnings: Issue[] }>(
    `query ($document: JSON!, $id: ID) {
      checkAutomation(document: $document, id: $id) { issues { path message } warnings { path message } } }`,
    { document, id },
  );
const fine = { name: "fine", trigger: { expect: ["x"] }, actions: [{ type: "do-nothing" }] };

it("actions 8.2: checking says what saving would, and stores nothing", async () => {
  expect(await check(fine)).toEqual({ issues: [], warnings: [] });
  expect(await api.field(`{ automations { totalCount } }`)).toEqual({ totalCount: 0 });
  const wrong = { ...fine, trigger: { posture: "Proactive", within: 5, expekt: "x" } };
  const { issues } = await check(wrong);
  expect(issues.map(({ path }) => path.join("."))).toEqual(["trigger.expekt", "trigger.within"]);
  expect(issues).toEqual((await api.apply(wrong)).issues);
});

it("looks at templates, and at what is valid but doubtful", async () => {
  const block = "0198c0de-0000-7000-8000-000000000000";
  const notify = { type: "send-notification", block_document_id: block, body: "{{ event." };
  const { issues } = await check({ ...fine, actions: [notify] });
  expect(issues.map(({ path }) => path)).toEqual([["actions", "0", "body"]]);
  const { warnings } = await check({ ...fine, actions: [{ ...notify, body: "{{ event.id }}" }] });
  expect(warnings.map(({ path }) => path)).toEqual([["actions", "0", "block_document_id"]]);
});

it("a name that another automation of the same owner has is a problem, but not one's own", async () => {
  const { id } = await api.apply(fine);
  expect((await check(fine)).issues.map(({ path }) => path)).toEqual([["name"]]);
  expect((await check(fine, id)).issues).toEqual([]);
  expect((await check({ ...fine, owner_resource: "prefect.deployment.1" })).issues).toEqual([]);
  const other = await api.apply({ ...fine, name: "other" });
  expect((await check(fine, other.id)).issues.map(({ path }) => path)).toEqual([["name"]]);
});

it("a block says which automations use it", async () => {
  const { id } = await api.field<{ id: string }>(
    `mutation { saveBlock(type: "json", name: "used", data: { value: 1 }) { ... on Block { id } } }`,
  );
  const notify = { type: "send-notification", block_document_id: id, body: "x" };
  await api.apply({ ...fine, name: "teller", actions: [notify] });
  expect(await api.field(`{ block(type: "json", name: "used") { automations { name } } }`)).toEqual({
    automations: [{ name: "teller" }],
  });
});
