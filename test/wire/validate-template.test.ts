import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "../../server/graphql/schema.ts";
import { ask, startTestServer, type TestServer } from "../support/wire.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ schema });
});
afterAll(() => server.close());

const validate = async (source: string, kind?: "AUTOMATION" | "WEBHOOK") => {
  const { data } = await ask(
    server.url,
    `query ($source: String!, $kind: TemplateKind) {
      validateTemplate(source: $source, kind: $kind) { problems { message line column } unknownNames } }`,
    { source, kind },
  );
  return data?.validateTemplate;
};

describe("actions 66: validateTemplate", () => {
  it("says where a template is wrong", async () => {
    expect(await validate("fine\n{{ event.id|nofilter }}")).toEqual({
      problems: [{ message: 'there is no filter "nofilter"', line: 2, column: 13 }],
      unknownNames: [],
    });
  });

  it("says nothing of a good one, and of a text that is none", async () => {
    const good = { problems: [], unknownNames: [] };
    expect(await validate("{% for label, value in event.resource %}{{ value }}{% endfor %}")).toEqual(good);
    expect(await validate("no template {# at all }}")).toEqual(good);
  });

  it("actions 3.1: names what such templates do not see", async () => {
    expect(await validate("{{ flow_ran.name }}{{ body.x }}{{ now }}")).toEqual({
      problems: [],
      unknownNames: ["body", "flow_ran"],
    });
    expect(await validate("{{ body.x }}{{ event.id }}", "WEBHOOK")).toEqual({
      problems: [],
      unknownNames: ["event"],
    });
  });
});
