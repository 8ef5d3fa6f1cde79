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
  expect(issues.map(({ path }) => path.join("."))).toEqual(["trigger.within", "trigger.expekt"]);
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

it("actions 1.3, 3.2: parameters and names of templates with which an action can only fail are doubtful", async () => {
  const { deployment } = await api.field<{ deployment: { id: string } }>(
    `mutation ($deployment: DeploymentInput!) { registerDeployment(deployment: $deployment) {
      ... on RegisteredDeployment { deployment { id } } } }`,
    {
      deployment: {
        flowName: "take",
        name: "main",
        parameterSchema: {
          type: "object",
          properties: { order: { type: "integer" }, total: { type: "number" } },
          required: ["order", "total"],
        },
      },
    },
  );
  const run = {
    type: "run-deployment",
    deployment_id: deployment.id,
    parameters: { ordr: 4, total: "{{ evnt.id }}" },
  };
  const { issues, warnings } = await check({ ...fine, name: "runner", actions: [run] });
  expect(issues).toEqual([]);
  expect(warnings).toEqual([
    {
      path: ["actions", "0", "parameters", "order"],
      message: "actions[0].parameters.order is not given: take/main requires it and has no default for it",
    },
    {
      path: ["actions", "0", "parameters", "ordr"],
      message: 'actions[0].parameters.ordr is no parameter of take/main; did you mean "order"?',
    },
    {
      path: ["actions", "0", "parameters", "total"],
      message:
        'actions[0].parameters.total reads "evnt", which is not there: it comes to nothing; did you mean "event"?',
    },
  ]);
  expect((await api.apply({ ...fine, name: "runner", actions: [run] })).warnings).toEqual(warnings);
});

it("all problems are told at once, in the order of the document, with what is doubtful in the rest", async () => {
  const wrong = {
    trigger: { type: "evnt", posture: "Proactive", within: 5, expect: ["x"], colour: "red" },
    actions: [
      {
        type: "send-notification",
        block_document_id: "0198c0de-0000-7000-8000-000000000000",
        body: "{{ event.id | uper }}",
        subject: "{{ evnt.id }}",
      },
      { type: "do-nothng" },
      { type: "run-deployment", deployment_id: 5 },
    ],
    enabled: "maybe",
    name: "fine",
  };
  const { id } = await api.apply(fine);
  const { issues, warnings } = await check(wrong);
  expect(issues.map(({ path }) => path.join("."))).toEqual([
    "trigger.type",
    "trigger.within",
    "trigger.colour",
    "actions.0.body",
    "actions.1.type",
    "actions.2.deployment_id",
    "enabled",
    "name",
  ]);
  expect(warnings.map(({ path }) => path.join("."))).toEqual([
    "actions.0.block_document_id",
    "actions.0.subject",
  ]);
  const refused = await api.apply(wrong);
  expect(refused.issues).toEqual(issues.filter(({ path }) => path[0] !== "name"));
  const created = await api.field<{ issues: Issue[] }>(
    `mutation ($document: JSON!) { createAutomation(document: $document) { ... on InvalidInputError { issues { path message } } } }`,
    { document: wrong },
  );
  expect(created.issues).toEqual(issues);
  const together = await api.field<{ issues: Issue[] }>(
    `mutation ($documents: [JSON!]!) { createAutomations(documents: $documents) { ... on InvalidInputError { issues { path } } } }`,
    { documents: [fine, { ...fine, name: "" }] },
  );
  expect(together.issues.map(({ path }) => path.join("."))).toEqual(["documents.0.name", "documents.1.name"]);
  await api.field(`mutation ($id: ID!) { deleteAutomation(id: $id) }`, { id });
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
