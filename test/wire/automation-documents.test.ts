import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "../../server/graphql/schema.ts";
import {
  type AutomationAnswer,
  automationFields,
  automationsOver,
  doNothing,
  simpleTrigger,
} from "../support/automations.ts";
import { ask, startTestServer, type TestServer } from "../support/wire.ts";

let server: TestServer;
let api: ReturnType<typeof automationsOver>;

beforeAll(async () => {
  server = await startTestServer({ schema });
  api = automationsOver(server);
});
afterAll(() => server.close());

describe("an automation as a document", () => {
  it("actions 88: is created once, and then stays as it is", async () => {
    const document = {
      name: "applied",
      trigger: { expect: ["x"], within: "PT1M" },
      actions: [{ type: "do-nothing" }],
    };
    const first = await api.apply(document);
    const second = await api.apply(document);
    expect(second).toEqual(first);
    expect(first.document).toMatchObject({ trigger: { within: 60 } });
    expect(await api.apply(first.document)).toEqual(first);
  });

  it("is taken by createAutomation and updateAutomation too, in the place of typed input", async () => {
    const document = { name: "by document", trigger: { expect: ["x"] }, actions: [{ type: "do-nothing" }] };
    const created = await api.field<AutomationAnswer>(
      `mutation ($document: JSON) { createAutomation(document: $document) { ${automationFields} } }`,
      { document },
    );
    const updated = await api.field<AutomationAnswer>(
      `mutation ($id: ID!, $document: JSON) { updateAutomation(id: $id, document: $document) { ${automationFields} } }`,
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
    const refused = await api.apply(guide);
    expect(refused.issues.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^actions\[0\]\.parameters must be an object/),
      expect.stringMatching(/^owner_resource must be a resource id/),
    ]);
    const { owner_resource: _, ...rest } = guide;
    const saved = await api.apply({ ...rest, actions: [{ ...guide.actions[0], parameters: { num: "10" } }] });
    expect(saved).toMatchObject({ __typename: "Automation", enabled: true });
    expect(saved.warnings.map(({ path }) => path)).toEqual([
      ["trigger", "within"],
      ["actions", "0", "deployment_id"],
    ]);
  });
});

describe("changing an automation", () => {
  it("answers what it is now, and NotFoundError for one that is not there", async () => {
    const { id, updatedAt } = await api.create({
      name: "changing",
      trigger: simpleTrigger,
      actions: doNothing,
    });
    const same = await api.update(id, { name: "changing", trigger: simpleTrigger, actions: doNothing });
    expect(same.updatedAt).toBe(updatedAt);
    expect(
      await api.update(id, { name: "changed", trigger: simpleTrigger, actions: doNothing }),
    ).toMatchObject({
      id,
      name: "changed",
    });
    const off = await api.field<AutomationAnswer>(
      `mutation ($id: ID!) { setAutomationEnabled(id: $id, enabled: false) { ${automationFields} } }`,
      { id },
    );
    expect(off).toMatchObject({ id, enabled: false });
    expect(await api.field(`mutation ($id: ID!) { deleteAutomation(id: $id) }`, { id })).toEqual([id]);
    expect(await api.field(`mutation ($id: ID!) { deleteAutomation(id: $id) }`, { id })).toEqual([]);
    expect(await api.update(id, { name: "late", trigger: simpleTrigger, actions: doNothing })).toMatchObject({
      __typename: "NotFoundError",
    });
    expect(await api.field(`query ($id: ID!) { automation(id: $id) { id } }`, { id })).toBeNull();
  });

  it("decisions 21: refuses a name that is taken at `name`", async () => {
    await api.create({ name: "unique", trigger: simpleTrigger, actions: doNothing });
    const twice = await api.create({ name: "unique", trigger: simpleTrigger, actions: doNothing });
    expect(twice).toMatchObject({ __typename: "InvalidInputError", issues: [{ path: ["name"] }] });
  });
});
