import fc from "fast-check";
import {
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";
import { afterAll, beforeAll, expect, it } from "vitest";
import { schema } from "../../server/graphql/schema.ts";
import { seedRun, seedWaitingRun } from "../support/seed.ts";
import { ask, startTestServer, type TestServer } from "../support/wire.ts";

let server: TestServer;
/** What is there, so that some calls get further than "not found". */
const known: string[] = [];

beforeAll(async () => {
  server = await startTestServer({ schema });
  const ctx = { ...server.context, actor: { kind: "operator" as const } };
  known.push((await seedRun(ctx, "flow")).id, (await seedWaitingRun(ctx, "flow")).id);
  const made = [
    'registerDeployment(deployment: { flowName: "flow", name: "one" }) { ... on RegisteredDeployment { deployment { id } } }',
    'applyAutomation(document: { name: "one", trigger: { type: "event", expect: ["x"] }, actions: [{ type: "do-nothing" }] }) { ... on Automation { id } }',
    'createWorkPool(pool: { name: "one", type: "process" }) { ... on WorkPool { id } }',
  ];
  for (const field of made) {
    const answer = await ask(server.url, `mutation { made: ${field} }`);
    const id = /"id":"([^"]+)"/.exec(JSON.stringify(answer))?.[1];
    if (id === undefined) throw new Error(`not made: ${field}: ${JSON.stringify(answer)}`);
    known.push(id);
  }
});
afterAll(() => server.close());

const texts = fc.oneof(
  fc.constantFrom(
    "",
    "\0",
    "a\0b",
    "\ud800",
    "flow/one",
    "one",
    "-1",
    "99999999999999999999",
    "{{ event }}",
    "{% for %}",
    "%",
    "_",
  ),
  fc.constantFrom(
    "2026-01-01T00:00:00Z",
    "P1D",
    "* * * * *",
    "FREQ=DAILY",
    "UTC",
    "Mars/Phobos",
    "paused-1",
    "!*",
    "x".repeat(3000),
  ),
  fc.string({ unit: "binary" }),
);
const json = fc.oneof(
  fc.jsonValue(),
  texts,
  fc.constantFrom<unknown>(
    { type: "object" },
    { $ref: "#" },
    { pattern: "(" },
    { "prefect.resource.id": "x", "prefect.resource.role": "r" },
    { "prefect.resource.id": ["!a", "b*"] },
    { __prefect_kind: "jinja", template: "{{ x }}" },
    { __prefect_kind: "json", value: "{" },
    { name: "n", trigger: { type: "event", expect: ["x"] }, actions: [{ type: "run-deployment" }] },
    JSON.parse('{"__proto__":{"a":1}}'),
    "x".repeat(600_000),
  ),
);
const scalars: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  String: texts,
  Int: fc.oneof(fc.constantFrom(0, 1, -1, 500, 501), fc.integer()),
  Float: fc.oneof(fc.constantFrom(0, -1, 0.1, 1e308, 1e15, 3_155_760_001), fc.integer()),
  Boolean: fc.boolean(),
  DateTime: fc.constantFrom(
    "2026-01-01T00:00:00Z",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999Z",
    "0000-01-01T00:00:00Z",
  ),
};

/** A value that GraphQL lets through, whatever it may mean. */
function valueFor(type: GraphQLInputType, gen: fc.GeneratorValue, depth = 0): unknown {
  if (isNonNullType(type))
    return valueFor(type.ofType, gen, depth) ?? valueFor(type.ofType, gen, depth) ?? "x";
  if (isListType(type)) {
    const count = gen(fc.nat, { max: 3 });
    return Array.from({ length: count }, () => valueFor(type.ofType, gen, depth + 1));
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const chosen = type.isOneOf
      ? fields.slice(gen(fc.nat, { max: fields.length - 1 })).slice(0, 1)
      : fields.filter((field) => isNonNullType(field.type) || (depth < 6 && gen(fc.nat, { max: 2 }) === 0));
    return Object.fromEntries(chosen.map((field) => [field.name, valueFor(field.type, gen, depth + 1)]));
  }
  if (isEnumType(type)) return gen(() => fc.constantFrom(...type.getValues().map(({ name }) => name)));
  const id = fc.oneof(fc.constantFrom(...known), texts);
  return gen(() => (type.name === "ID" ? id : (scalars[type.name] ?? json)));
}

function callOf(root: "query" | "mutation", field: GraphQLField<unknown, unknown>, gen: fc.GeneratorValue) {
  const given = field.args.filter(({ type }) => isNonNullType(type) || gen(fc.boolean));
  const variables = Object.fromEntries(given.map(({ name, type }) => [name, valueFor(type, gen)]));
  const declared = given.map(({ name, type }) => `$${name}: ${type}`).join(", ");
  const passed = given.map(({ name }) => `${name}: $${name}`).join(", ");
  const selected = isCompositeType(getNamedType(field.type)) ? " { __typename }" : "";
  const call = `${field.name}${passed && `(${passed})`}${selected}`;
  return { query: `${root}${declared && `(${declared})`} { ${call} }`, variables };
}

it.each(["query", "mutation"] as const)(
  "no well-typed %s is answered by a failure of the server",
  async (root) => {
    const type = root === "query" ? schema.getQueryType() : schema.getMutationType();
    const fields = type?.getFields() ?? {};
    const call = fc.tuple(fc.constantFrom(...Object.keys(fields)), fc.gen()).map(([name, gen]) => {
      const field = fields[name];
      return field === undefined ? { query: "", variables: {} } : callOf(root, field, gen);
    });
    await fc.assert(
      fc.asyncProperty(call, async ({ query, variables }) => {
        const { errors = [] } = await ask(server.url, query, variables);
        expect(server.reports.splice(0).map(({ what, cause }) => `${what} ${cause}`)).toEqual([]);
        expect(errors.map(({ message }) => message)).not.toContain("Unexpected error.");
      }),
      { numRuns: 25 * Object.keys(fields).length, endOnFailure: true },
    );
  },
);
