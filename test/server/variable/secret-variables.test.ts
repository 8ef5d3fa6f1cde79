import sql from "sql-template-tag";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InvalidInputError } from "../../../core/error.ts";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { runDeployment } from "../../../server/deployment/run-deployment.ts";
import { setVariable } from "../../../server/variable/set-variable.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { acted } from "../../support/fired.ts";
import { inPool, pool } from "../../support/work-pools.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const variable = (name: string) => ({ __prefect_kind: "workspace_variable", variable_name: name });
const jinja = (template: string) => ({ __prefect_kind: "jinja", template });

/** A secret variable of a name of its own. */
async function secret(value: unknown): Promise<string> {
  const name = `secret_${v7().replaceAll("-", "")}`;
  await setVariable(ctx, { name, value, secret: true });
  return name;
}

async function deployment(given: Record<string, unknown> = {}): Promise<string> {
  return (await registerDeployment(ctx, { deployment: { flowName: `flow ${v7()}`, name: "main", ...given } }))
    .id;
}

async function parametersOf(deploymentId: string, parameters?: unknown): Promise<unknown> {
  const id = await runDeployment(ctx, { deployment: deploymentId, parameters });
  return (await ctx.prisma.flowRun.findUniqueOrThrow({ where: { id } })).parameters;
}

/** What the database holds of a variable, in all columns. */
async function stored(name: string): Promise<string> {
  const [row] = await ctx.db.query<{ whole: string }>(
    sql`SELECT to_jsonb(v)::text AS whole FROM variable v WHERE name = ${name}`,
  );
  return row?.whole ?? "";
}

/** Everything that the log holds of an automation. */
async function told(automationId: string): Promise<string> {
  const rows = await ctx.db.query<{ whole: string }>(
    sql`SELECT to_jsonb(e)::text AS whole FROM event e WHERE to_jsonb(e)::text LIKE ${`%${automationId}%`}`,
  );
  return rows.map(({ whole }) => whole).join("\n");
}

async function refusal(work: Promise<unknown>): Promise<InvalidInputError> {
  const error: unknown = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  if (error instanceof InvalidInputError) return error;
  throw new Error(`not refused, but ${String(error)}`);
}

describe("actions 3.3: a secret variable", () => {
  it("is sealed in the database, whatever its type", async () => {
    const name = await secret({ token: "s3cr3t" });
    expect(await stored(name)).not.toContain("s3cr3t");
    expect(await stored(name)).not.toContain("token");
    expect(await stored(name)).toContain("********");
    expect(await parametersOf(await deployment(), { it: variable(name) })).toEqual({
      it: { token: "s3cr3t" },
    });
  });

  it("stays secret with a new value, and keeps its value where none is given", async () => {
    const name = await secret("s3cr3t one");
    const id = await deployment({ parameters: { it: variable(name) } });
    await setVariable(ctx, { name, value: "s3cr3t two" });
    expect(await stored(name)).not.toContain("s3cr3t");
    for (const kept of [{ name }, { name, value: "********" }, { name, secret: true }]) {
      await setVariable(ctx, kept);
      expect(await parametersOf(id)).toEqual({ it: "s3cr3t two" });
    }
    await setVariable(ctx, { name, value: null });
    expect(await parametersOf(id)).toEqual({ it: null });
  });

  it("becomes plain with a new value only", async () => {
    const name = await secret("s3cr3t");
    for (const value of [undefined, "********"]) {
      const { issues } = await refusal(setVariable(ctx, { name, value, secret: false }));
      expect(issues).toEqual([{ path: ["value"], message: expect.stringContaining("new value") }]);
    }
    expect(await parametersOf(await deployment(), { it: variable(name) })).toEqual({ it: "s3cr3t" });
    await setVariable(ctx, { name, value: "open", secret: false });
    expect(await ctx.prisma.variable.findUnique({ where: { name } })).toMatchObject({
      value: "open",
      sealed: null,
    });
  });

  it("is made of a plain one with the value that it has, or with another one", async () => {
    const name = `plain_${v7().replaceAll("-", "")}`;
    await setVariable(ctx, { name, value: ["s3cr3t"] });
    await setVariable(ctx, { name, secret: true });
    expect(await stored(name)).not.toContain("s3cr3t");
    expect(await parametersOf(await deployment(), { it: variable(name) })).toEqual({ it: ["s3cr3t"] });
  });

  it("is not made without a value", async () => {
    const name = `new_${v7().replaceAll("-", "")}`;
    for (const value of [undefined, "********"])
      expect((await refusal(setVariable(ctx, { name, value, secret: true }))).issues).toMatchObject([
        { path: ["value"] },
      ]);
    expect(await stored(name)).toBe("");
  });

  it("two who make one at once both have set it, and it is secret", async () => {
    const name = `both_${v7().replaceAll("-", "")}`;
    const ids = await Promise.all(
      Array.from({ length: 8 }, (_, at) => setVariable(ctx, { name, value: `s3cr3t ${at}`, secret: true })),
    );
    expect(new Set(ids).size).toBe(1);
    expect(await stored(name)).not.toContain("s3cr3t");
    expect(await parametersOf(await deployment(), { it: variable(name) })).toEqual({
      it: expect.stringMatching(/^s3cr3t \d$/),
    });
  });

  it("is undefined in templates, also beside a placeholder for it", async () => {
    const name = await secret("s3cr3t");
    const id = await deployment();
    const template = `{{ variables.${name} is defined }} {{ variables | tojson }}`;
    const { text } = Object(await parametersOf(id, { text: jinja(template), it: variable(name) }));
    expect(text).toMatch(/^false /);
    expect(text).not.toContain(name);
    await acted(ctx, [
      {
        type: "run-deployment",
        deployment_id: id,
        parameters: { it: variable(name), text: `[{{ variables.${name} }}]` },
      },
    ]);
    const run = await ctx.prisma.flowRun.findFirstOrThrow({
      where: { deploymentId: id },
      orderBy: { createdAt: "desc" },
    });
    expect(run.parameters).toEqual({ it: "s3cr3t", text: "[]" });
  });

  it("is told neither by the events of an action that hands it on, nor where the run refuses it", async () => {
    const name = await secret("s3cr3t");
    const schema = (type: string) => ({ type: "object", properties: { it: { type } } });
    for (const [type, status] of [
      ["string", "SUCCEEDED"],
      ["integer", "FAILED"],
    ] as const) {
      const id = await deployment({ parameterSchema: schema(type) });
      const action = { type: "run-deployment", deployment_id: id, parameters: { it: variable(name) } };
      const { automationId, runs } = await acted(ctx, [action]);
      const run = await ctx.prisma.actionRun.findFirstOrThrow({ where: { id: runs[0] ?? "" } });
      expect(run.status).toBe(status);
      expect(JSON.stringify(run)).not.toContain("s3cr3t");
      expect(await told(automationId)).toContain("prefect.automation.action");
      expect(await told(automationId)).not.toContain("s3cr3t");
    }
  });

  it("goes into the job variables of a run, and is not told where the pool's schema refuses it", async () => {
    const name = await secret("s3cr3t");
    for (const [type, status] of [
      ["string", "SUCCEEDED"],
      ["integer", "FAILED"],
    ] as const) {
      const variablesSchema = { type: "object", properties: { token: { type } } };
      const id = await inPool(ctx, (await pool(ctx, { variablesSchema })).name);
      const jobVariables = { token: variable(name) };
      const action = { type: "run-deployment", deployment_id: id, job_variables: jobVariables };
      const { automationId, runs } = await acted(ctx, [action]);
      const run = await ctx.prisma.actionRun.findFirstOrThrow({ where: { id: runs[0] ?? "" } });
      expect(run.status).toBe(status);
      expect(JSON.stringify(run)).not.toContain("s3cr3t");
      expect(await told(automationId)).not.toContain("s3cr3t");
      const made = await ctx.prisma.flowRun.findMany({ where: { deploymentId: id } });
      expect(made.map((one) => one.jobVariables)).toEqual(type === "string" ? [{ token: "s3cr3t" }] : []);
    }
  });

  it("is not quoted where parameters are refused", async () => {
    const name = await secret("s3cr3t");
    const numbers = { type: "object", properties: { it: { type: "integer" }, other: { type: "integer" } } };
    const id = await deployment({ parameterSchema: numbers, parameters: { it: variable(name) } });
    const refused = await refusal(runDeployment(ctx, { deployment: id, parameters: { other: "many" } }));
    expect(refused.issues).toMatchObject([
      { path: ["parameters", "it"], message: expect.stringContaining("secret") },
      { path: ["parameters", "other"], message: expect.stringContaining("many") },
    ]);
    expect(refused.message).not.toContain("s3cr3t");
    for (const parameters of [
      variable(name),
      { it: { __prefect_kind: "json", value: variable(name) } },
      { __prefect_kind: "json", value: { it: variable(name) } },
      { __prefect_kind: "json", value: { __prefect_kind: "json", value: variable(name) } },
    ]) {
      const { message } = await refusal(runDeployment(ctx, { deployment: id, parameters }));
      expect(message).not.toContain("s3cr3t");
    }
  });

  it("is not quoted where another parameter is compared with it", async () => {
    const name = await secret(4711081547);
    const parameterSchema = {
      type: "object",
      properties: { least: { type: "integer" }, most: { type: "integer" } },
      "x-antiphon-refinements": [{ kind: "compare", left: "least", operator: "<", right: "most" }],
    };
    const id = await deployment({ parameterSchema });
    const of = (least: unknown) =>
      refusal(runDeployment(ctx, { deployment: id, parameters: { least, most: 5 } }));
    expect((await of(4711081547)).message).toContain("4711081547");
    expect((await of(variable(name))).message).not.toContain("4711081547");
  });

  it("sealed with another key is said so, with its place, and makes no run", async () => {
    const name = await secret("s3cr3t");
    const id = await deployment();
    await ctx.prisma.variable.update({ where: { name }, data: { sealed: "v1.00000000.AAAA" } });
    const { issues } = await refusal(
      runDeployment(ctx, { deployment: id, parameters: { it: variable(name) } }),
    );
    expect(issues).toEqual([
      { path: ["parameters", "it"], message: expect.stringContaining("ANTIPHON_SECRET_KEY") },
    ]);
    await setVariable(ctx, { name, value: "again" });
    expect(await parametersOf(id, { it: variable(name) })).toEqual({ it: "again" });
  });

  it("cannot be read as another variable's", async () => {
    const [one, other] = [await secret("s3cr3t"), await secret("other")];
    const { sealed } = await ctx.prisma.variable.findUniqueOrThrow({ where: { name: one } });
    await ctx.prisma.variable.update({ where: { name: other }, data: { sealed } });
    const refused = refusal(
      runDeployment(ctx, { deployment: await deployment(), parameters: { it: variable(other) } }),
    );
    expect((await refused).message).toContain("cannot be read");
  });
});
