import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InvalidInputError } from "../../../core/error.ts";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { runDeployment } from "../../../server/deployment/run-deployment.ts";
import { setVariable } from "../../../server/variable/set-variable.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { acted } from "../../support/fired.ts";
import { makeRuns } from "../../support/schedules.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
  await setVariable(ctx, { name: "region", value: { code: "eu", zones: [1, 2] } });
});
afterAll(() => ctx.close());

async function deployment(given: Record<string, unknown> = {}): Promise<string> {
  return (await registerDeployment(ctx, { deployment: { flowName: `flow ${v7()}`, name: "main", ...given } }))
    .id;
}

/** What the run of these parameters is called with. */
async function parametersOf(deploymentId: string, parameters?: unknown): Promise<unknown> {
  const id = await runDeployment(ctx, { deployment: deploymentId, parameters });
  return (await ctx.prisma.flowRun.findUniqueOrThrow({ where: { id } })).parameters;
}

async function refusal(work: Promise<unknown>): Promise<InvalidInputError["issues"]> {
  const error: unknown = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  if (error instanceof InvalidInputError) return error.issues;
  throw new Error(`not refused, but ${String(error)}`);
}

const json = (value: unknown) => ({ __prefect_kind: "json", value });
const jinja = (template: string) => ({ __prefect_kind: "jinja", template });
const variable = (name: string) => ({ __prefect_kind: "workspace_variable", variable_name: name });

describe("inputs 6.6: placeholders in the parameters of a run", () => {
  it("json is read, a template's text stays text, a variable keeps its type, none is its value", async () => {
    const id = await deployment();
    const given = {
      list: json("[1, 2]"),
      text: jinja("{{ 2 + 2 }}"),
      named: jinja("{{ variables.region.code }}-{{ [1, 2] | length }}"),
      region: variable("region"),
      plain: { __prefect_kind: "none", value: { deep: json('{"a": null}') } },
      typed: json(jinja("{{ variables.region.zones | tojson }}")),
    };
    expect(await parametersOf(id, given)).toEqual({
      list: [1, 2],
      text: "4",
      named: "eu-2",
      region: { code: "eu", zones: [1, 2] },
      plain: { deep: { a: null } },
      typed: [1, 2],
    });
  });

  it("are found at any depth; one without its value is left out", async () => {
    const id = await deployment();
    const given = { outer: [{ inner: jinja("x{{ 1 }}") }, { gone: { __prefect_kind: "json" }, stays: 1 }] };
    expect(await parametersOf(id, given)).toEqual({ outer: [{ inner: "x1" }, { stays: 1 }] });
  });

  it("texts that look like templates are data, and so is what a placeholder has filled in", async () => {
    const id = await deployment();
    await setVariable(ctx, { name: "sly", value: jinja("{{ 1 }}") });
    const given = { text: "{{ 2 + 2 }}", sly: variable("sly"), read: json(JSON.stringify(jinja("{{ 1 }}"))) };
    expect(await parametersOf(id, given)).toEqual({
      text: "{{ 2 + 2 }}",
      sly: jinja("{{ 1 }}"),
      read: jinja("{{ 1 }}"),
    });
  });

  it("the deployment's defaults may have them, filled in for each run; one that is laid over is not looked at", async () => {
    const id = await deployment({
      parameters: { at: jinja("{{ variables.stage }}"), missing: variable("nowhere") },
    });
    await setVariable(ctx, { name: "stage", value: "test" });
    expect(await parametersOf(id, { missing: 1 })).toEqual({ at: "test", missing: 1 });
    await setVariable(ctx, { name: "stage", value: "live" });
    expect(await parametersOf(id, { missing: 1 })).toEqual({ at: "live", missing: 1 });
  });

  it("are filled in before the schema is looked at", async () => {
    const parameterSchema = { type: "object", properties: { n: { type: "integer" } }, required: ["n"] };
    const id = await deployment({ parameterSchema });
    expect(await parametersOf(id, { n: json("7") })).toEqual({ n: 7 });
    expect(await refusal(parametersOf(id, { n: jinja("{{ 7 }}") }))).toMatchObject([
      { path: ["parameters", "n"] },
    ]);
  });

  it("may be the whole of them", async () => {
    const id = await deployment({ parameters: { a: 1, b: 2 } });
    expect(await parametersOf(id, json('{"b": 3}'))).toEqual({ a: 1, b: 3 });
    expect(await refusal(parametersOf(id, json("[3]")))).toMatchObject([{ path: ["parameters"] }]);
  });

  it.each([
    ["JSON that cannot be read", { a: [json("{")] }, ["parameters", "a", "0", "value"], "Invalid JSON"],
    ["a template without an end", { a: jinja("{{ 1") }, ["parameters", "a", "template"], "a.template"],
    [
      "a placeholder without its template",
      { a: { __prefect_kind: "jinja" } },
      ["parameters", "a", "template"],
      "needs a text",
    ],
    [
      "a variable that is not there",
      { a: { b: variable("nowhere") } },
      ["parameters", "a", "b"],
      "'nowhere' not found",
    ],
    [
      "a template that fails",
      { a: jinja("{{ 1 / 0 }}"), b: jinja("{{ 1 }}") },
      ["parameters", "a", "template"],
      "a.template",
    ],
    [
      "JSON that a template makes, and that cannot be read",
      { a: json(jinja("{{ '[' }}")) },
      ["parameters", "a", "value"],
      "Invalid JSON",
    ],
    [
      "a way out of the sandbox",
      { a: jinja("{{ ''.constructor.constructor('return 1')() }}") },
      ["parameters", "a", "template"],
      "a.template",
    ],
  ])("refuses %s with its path, and makes no run", async (_what, given, path, message) => {
    const id = await deployment();
    expect(await refusal(runDeployment(ctx, { deployment: id, parameters: given }))).toEqual([
      { path, message: expect.stringContaining(message) },
    ]);
    expect(await ctx.prisma.flowRun.count({ where: { deploymentId: id } })).toBe(0);
  });

  it("bad ones are refused with the deployment", async () => {
    const parameters = { a: json("{"), b: [jinja("{{ 1")] };
    expect(await refusal(deployment({ parameters }))).toMatchObject([
      { path: ["deployment", "parameters", "a", "value"] },
      { path: ["deployment", "parameters", "b", "0", "template"] },
    ]);
  });

  it("what an automation has rendered is data: an event cannot put one into a run", async () => {
    const id = await deployment();
    await acted(
      ctx,
      [{ type: "run-deployment", deployment_id: id, parameters: { given: "{{ event.payload }}" } }],
      {
        payload: { inner: variable("region"), whole: jinja("{{ variables }}") },
      },
    );
    const run = await ctx.prisma.flowRun.findFirstOrThrow({ where: { deploymentId: id } });
    expect(run.parameters).toEqual({ given: { inner: variable("region"), whole: jinja("{{ variables }}") } });
  });
});

describe("inputs 6.6: placeholders in job variables", () => {
  let inPool: (jobVariables?: unknown, more?: Record<string, unknown>) => Promise<string>;
  beforeAll(async () => {
    const properties = { cores: { type: "integer" }, zone: { type: "string" }, env: { type: "object" } };
    const variablesSchema = { type: "object", properties, required: ["cores"] };
    const queues = { create: [{ id: v7(), name: "default" }] };
    await ctx.prisma.workPool.create({
      data: { id: v7(), name: "lab", type: "process", variablesSchema, queues },
    });
    inPool = (jobVariables, more) => deployment({ workPool: "lab", jobVariables, ...more });
    await setVariable(ctx, { name: "cores", value: 8 });
    await setVariable(ctx, { name: "token", value: "s3cr3t", secret: true });
  });

  async function jobOf(deploymentId: string, jobVariables?: unknown): Promise<unknown> {
    const id = await runDeployment(ctx, { deployment: deploymentId, jobVariables });
    return (await ctx.prisma.flowRun.findUniqueOrThrow({ where: { id } })).jobVariables;
  }

  it("the deployment's are filled in for each run, at any depth; one that is laid over is not looked at", async () => {
    const env = { REGION: jinja("{{ variables.region.code }}"), LOOKS: "{{ 2 + 2 }}" };
    const id = await inPool({ cores: variable("cores"), zone: variable("nowhere"), env });
    expect(await jobOf(id, { zone: "a" })).toEqual({
      cores: 8,
      zone: "a",
      env: { REGION: "eu", LOOKS: "{{ 2 + 2 }}" },
    });
    expect(await jobOf(id, { zone: "a", cores: json("2") })).toMatchObject({ cores: 2 });
    expect(await refusal(jobOf(id))).toMatchObject([
      { path: ["jobVariables", "zone"], message: expect.stringContaining("'nowhere' not found") },
    ]);
  });

  it("may be the whole of them", async () => {
    const id = await inPool(json('{"cores": 1, "zone": "b"}'));
    expect(await jobOf(id, { zone: "c" })).toEqual({ cores: 1, zone: "c" });
    await acted(ctx, [{ type: "run-deployment", deployment_id: id, job_variables: { zone: "d" } }]);
    const run = await ctx.prisma.flowRun.findFirstOrThrow({
      where: { deploymentId: id },
      orderBy: { createdAt: "desc" },
    });
    expect(run.jobVariables).toEqual({ cores: 1, zone: "d" });
  });

  it("are held against the pool's schema once they are filled in, and no secret is quoted", async () => {
    const id = await inPool({ cores: variable("token") });
    const [issue, ...rest] = await refusal(jobOf(id));
    expect([issue?.path, rest]).toEqual([["jobVariables", "cores"], []]);
    expect(issue?.message).not.toContain("s3cr3t");
  });

  it("of a deployment are filled in for the runs of its schedules", async () => {
    const id = await inPool({ cores: variable("cores") }, { schedules: [{ cron: "0 9 * * *" }] });
    await makeRuns(ctx);
    const runs = await ctx.prisma.flowRun.findMany({ where: { deploymentId: id } });
    expect(runs.map(({ jobVariables }) => jobVariables)).toEqual(runs.map(() => ({ cores: 8 })));
    expect(runs).not.toEqual([]);
  });

  it("what an automation has rendered is data", async () => {
    const id = await inPool({ cores: 1 });
    await acted(
      ctx,
      [{ type: "run-deployment", deployment_id: id, job_variables: { env: "{{ event.payload }}" } }],
      { payload: { inner: variable("token") } },
    );
    const run = await ctx.prisma.flowRun.findFirstOrThrow({ where: { deploymentId: id } });
    expect(run.jobVariables).toEqual({ cores: 1, env: { inner: variable("token") } });
  });

  it("bad ones are refused with the deployment, beside what the pool's schema refuses", async () => {
    expect(await refusal(inPool({ cores: json("{"), zone: jinja("{{ 1") }))).toMatchObject([
      { path: ["deployment", "jobVariables", "cores", "value"] },
      { path: ["deployment", "jobVariables", "zone", "template"] },
    ]);
    expect(await refusal(inPool({ cores: json("1"), zone: 3 }))).toMatchObject([
      { path: ["deployment", "jobVariables", "zone"] },
    ]);
  });
});

describe("inputs 6.1: enforceParameterSchema: false", () => {
  it("takes parameters as they are", async () => {
    const parameterSchema = { type: "object", properties: { n: { type: "integer", default: 1 } } };
    const id = await deployment({ parameterSchema, enforceParameterSchema: false });
    expect(await parametersOf(id, { n: "many" })).toEqual({ n: "many" });
    expect(await parametersOf(id)).toEqual({});
  });
});
