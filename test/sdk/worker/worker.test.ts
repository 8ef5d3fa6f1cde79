import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import path from "node:path";
import { promisify } from "node:util";
import sql from "sql-template-tag";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { isAlive } from "../../../server/postgres/postmaster.ts";
import { createWorkPool } from "../../../server/work-pool/create-work-pool.ts";
import { until } from "../../support/wire.ts";
import { useAntiphon } from "../support/antiphon.ts";
import { antiphonCommand } from "../support/command.ts";
import { Person } from "../support/person.ts";
import { Project } from "../support/project.ts";

const antiphon = useAntiphon();
const person = new Person(() => antiphon.url);
let project: Project;

const flows = `
  import { writeFileSync } from "node:fs";
  import { flow, pauseFlowRun, suspendFlowRun } from "antiphon";
  import { z } from "zod";
  import { shout } from "./shout.ts";

  const note = (name: string, text: string) => writeFileSync(\`notes/\${name}\`, text);

  export const greet = flow({ name: "greet", parameters: z.object({ name: z.string() }) }, async ({ name }) => {
    note(name, JSON.stringify({ said: shout(name), dir: process.cwd(), greeting: process.env.GREETING ?? null, file: import.meta.filename, args: process.execArgv }));
  });
  const hidden = flow("hidden", async () => note("hidden", String(process.pid)));
  export const asks = flow("asks", async () => note("answer", await pauseFlowRun({ waitForInput: z.string() })));
  export const suspends = flow("suspends", async () => note("suspended", await suspendFlowRun({ waitForInput: z.string() })));
  export const sleeps = flow("sleeps", async () => {
    note("sleeping", String(process.pid));
    await new Promise((resolve) => setTimeout(resolve, 120_000));
  });
  export const fails = flow("fails", async () => {
    throw new TypeError("no such luck");
  });
  void hidden;
`;

beforeAll(() => {
  project = new Project();
  project.write("shout.ts", "export const shout = (name: string): string => name.concat('!');");
  project.write("flows.ts", flows);
  project.write("broken.ts", "const broken: = 1;");
  project.write("throws.mjs", "throw new Error('not today');");
  project.write("plain.mjs", flowOf("plain"));
  project.write("script.py", "print('hello')");
});
afterAll(() => project.close());

function flowOf(name: string): string {
  return `import { writeFileSync } from "node:fs";
    import { flow } from "antiphon";
    export const ${name} = flow("${name}", async () => writeFileSync("notes/${name}", "done"));`;
}

/** A deployment of the project in this pool. @returns its full name */
async function deployed(
  workPool: string,
  flowName: string,
  entrypoint: string,
  more: { jobVariables?: object } = {},
): Promise<string> {
  const { context } = antiphon;
  if (!context) throw new Error("the server does not run");
  const deployment = { flowName, name: "here", workPool, entrypoint, path: project.folder, ...more };
  await registerDeployment(context, { deployment });
  return `${flowName}/here`;
}

async function started(deployment: string, parameters: unknown = {}): Promise<string> {
  const run = await person.run(deployment, parameters);
  if (run.id === undefined) throw new Error(run.message);
  return run.id;
}

async function pool(variablesSchema?: object): Promise<string> {
  const { context } = antiphon;
  if (!context) throw new Error("the server does not run");
  const name = `pool-${randomUUID()}`;
  await createWorkPool(context, { pool: { name, ...(variablesSchema && { variablesSchema }) } });
  return name;
}

describe("inputs 6.5: what a worker runs", () => {
  it("TypeScript entry points by export or by the flow's name, with the deployment's job variables, in its folder; again where a file has changed", async () => {
    const name = `pool-${randomUUID()}`;
    const worker = await project.worker(name, "--name", "hans");
    expect(worker.out).toContain(`There was no work pool ${name}: it was made, of type process.`);
    const jobVariables = { env: { GREETING: "hello" }, command: "node --max-old-space-size=200" };
    const greet = await deployed(name, "greet", "flows.ts:greet", { jobVariables });
    await person.until(await started(greet, { name: "ada" }), "Completed");
    expect(JSON.parse(project.note("ada"))).toMatchObject({
      said: "ada!",
      dir: project.folder,
      greeting: "hello",
      file: path.join(project.folder, "flows.ts"),
      args: expect.arrayContaining(["--max-old-space-size=200"]),
    });
    project.write("shout.ts", "export const shout = (name: string): string => name.toUpperCase();");
    await person.until(await started(greet, { name: "bob" }), "Completed");
    expect(JSON.parse(project.note("bob")).said).toBe("BOB");
    await person.until(await started(await deployed(name, "hidden", "flows.ts:hidden")), "Completed");
    worker.kill("SIGTERM");
    expect(await worker.exited).toBe(0);
  });

  it("with the defaults of its pool's schema, where neither the deployment nor the run says otherwise", async () => {
    const name = await pool({
      properties: {
        command: { default: "node --max-old-space-size=200" },
        env: { default: { GREETING: "no" } },
      },
    });
    await project.worker(name);
    const jobVariables = { env: { GREETING: "hello" } };
    const greet = await deployed(name, "greet", "flows.ts:greet", { jobVariables });
    await person.until(await started(greet, { name: "eve" }), "Completed");
    expect(JSON.parse(project.note("eve"))).toMatchObject({
      greeting: "hello",
      args: expect.arrayContaining(["--max-old-space-size=200"]),
    });
  });

  it("errors name the lines of the TypeScript that was written", async () => {
    const name = await pool();
    await project.worker(name);
    const run = await started(await deployed(name, "fails", "flows.ts:fails"));
    await person.until(run, "Failed");
    const line = flows.split("\n").findIndex((text) => text.includes("no such luck")) + 1;
    const log = (await person.read(run)).logs.nodes.map(({ message }) => message).join("\n");
    expect(log).toContain(`${path.join(project.folder, "flows.ts")}:${line}:`);
  });

  it("what a script has deployed, which the worker loads again, though its flow is not exported", async () => {
    const name = await pool();
    project.write(
      "deploys.mjs",
      `import { writeFileSync } from "node:fs";
      import { flow } from "antiphon";
      const small = flow("small", async () => writeFileSync("notes/small", "done"));
      console.log((await small.deploy({ name: "here", workPool: ${JSON.stringify(name)}, image: "none" })).id);`,
    );
    const env = { ...process.env, ANTIPHON_API_URL: antiphon.url };
    const { stdout } = await promisify(execFile)(process.execPath, ["deploys.mjs"], {
      cwd: project.folder,
      env,
    });
    const deployment = await antiphon.context?.prisma.deployment.findUniqueOrThrow({
      where: { id: stdout.trim() },
    });
    expect(deployment).toMatchObject({
      entrypoint: "deploys.mjs:small",
      path: project.folder,
      jobVariables: { image: "none" },
    });
    await project.worker(name);
    await person.until(await started("small/here"), "Completed");
    expect(project.note("small")).toBe("done");
  });

  it("nothing that cannot be run: such a run is Crashed and says why", async () => {
    const name = await pool();
    const worker = await project.worker(name, "--limit", "2");
    const messages: string[] = [];
    for (const [flowName, entrypoint] of [
      ["python", "script.py:hello"],
      ["missing", "nowhere.mjs:hello"],
      ["broken", "broken.ts:hello"],
      ["throws", "throws.mjs:hello"],
      ["other", "plain.mjs:other"],
    ] as const) {
      const id = await started(await deployed(name, flowName, entrypoint));
      await person.until(id, "Crashed");
      messages.push((await person.read(id)).state.message ?? "");
    }
    expect(messages).toEqual([
      expect.stringContaining("is Python; flows are written in TypeScript or JavaScript here"),
      expect.stringContaining(`there is no file ${path.join(project.folder, "nowhere.mjs")}`),
      expect.stringContaining("broken.ts cannot be bundled"),
      expect.stringContaining("exited with code 1 before its flow was loaded"),
      expect.stringContaining("exited with code 1 before its flow was loaded"),
    ]);
    expect(worker.err).toContain("not today");
    expect(worker.err).toContain("plain.mjs has no flow other; it has plain");
  });

  it("a command that is not there: such a run is Crashed and names it", async () => {
    const name = await pool();
    await project.worker(name);
    const command = "no-such-command --fast";
    const deployment = await deployed(name, "plain", "plain.mjs:plain", { jobVariables: { command } });
    const id = await started(deployment);
    await person.until(id, "Crashed");
    expect((await person.read(id)).state.message).toContain(
      'Its process could not be started: there is no command "no-such-command" (spawn no-such-command ENOENT)',
    );
  });

  it("without esbuild it says what to type, and plain JavaScript needs none", async () => {
    const bare = new Project([]);
    try {
      bare.write("plain.mjs", flowOf("plain"));
      const name = await pool();
      await bare.worker(name);
      const plain = await deployed(name, "plain", path.join(bare.folder, "plain.mjs:plain"));
      await person.until(await started(plain), "Completed");
      bare.write("typed.ts", flowOf("typed"));
      const typed = await started(await deployed(name, "typed", path.join(bare.folder, "typed.ts:typed")));
      await person.until(typed, "Crashed");
      expect((await person.read(typed)).state.message).toContain(
        `type \`npm install esbuild\` in ${bare.folder}`,
      );
    } finally {
      bare.close();
    }
  });
});

describe("inputs 6.5: a worker's runs end like served ones", () => {
  it("a cancelled run's process ends; a suspended run gives its process up and goes on in another", async () => {
    const name = await pool();
    await project.worker(name);
    const sleeping = await started(await deployed(name, "sleeps", "flows.ts:sleeps"));
    const pid = Number(await project.noted("sleeping"));
    await person.cancel(sleeping);
    await person.until(sleeping, "Cancelled");
    expect(isAlive(pid)).toBe(false);
    const suspended = await started(await deployed(name, "suspends", "flows.ts:suspends"));
    await person.until(suspended, "Suspended");
    await person.resume(suspended, "on");
    await person.until(suspended, "Completed");
    expect(project.note("suspended")).toBe("on");
  });

  it("a stopped worker suspends what waits, and the next worker goes on with it", async () => {
    const name = await pool();
    const worker = await project.worker(name);
    const asking = await started(await deployed(name, "asks", "flows.ts:asks"));
    await person.until(asking, "Paused");
    worker.kill("SIGINT");
    expect(await worker.exited).toBe(0);
    await person.until(asking, "Suspended");
    await person.resume(asking, "yes");
    await project.worker(name);
    await person.until(asking, "Completed");
    expect(project.note("answer")).toBe("yes");
  });

  it("a killed worker takes its processes with it; when the lease has ended its run is Crashed", async () => {
    const name = await pool();
    const worker = await project.worker(name);
    const deployment = await deployed(name, "sleeps", "flows.ts:sleeps");
    project.write("notes/sleeping", "");
    const run = await started(deployment);
    const pid = Number(await project.noted("sleeping"));
    await person.until(run, "Running");
    worker.kill("SIGKILL");
    await worker.exited;
    await until("its process has ended", () => !isAlive(pid));
    expect((await person.read(run)).state.name).toBe("Running");
    await antiphon.context?.db.query(sql`UPDATE flow_run SET lease_until = now() WHERE id = ${run}::uuid`);
    await person.until(run, "Crashed");
  });
});

it("the commands of pools and queues", async () => {
  const name = `pool-${randomUUID()}`;
  const json = async (...args: string[]) => JSON.parse((await antiphonCommand([...args, "--json"])).out);
  expect((await antiphonCommand(["work-pool", "create", name, "--concurrency-limit", "3"])).out).toContain(
    "was made",
  );
  expect((await antiphonCommand(["work-pool", "create", name])).err).toContain("there is a work pool");
  expect((await antiphonCommand(["work-queue", "create", `${name}/fast`, "--priority", "1"])).code).toBe(0);
  expect((await antiphonCommand(["work-pool", "pause", name])).out).toContain("is paused");
  expect((await antiphonCommand(["work-queue", "pause", `${name}/fast`])).out).toContain("is paused");
  expect(await json("work-pool", "inspect", name)).toMatchObject({
    concurrencyLimit: 3,
    status: "PAUSED",
    queues: [{ name: "default" }, { name: "fast", status: "PAUSED" }],
  });
  expect(await json("work-pool", "update", name, "--concurrency-limit", "none")).toMatchObject({
    concurrencyLimit: null,
  });
  expect((await antiphonCommand(["work-queue", "ls", name])).out).toContain(`${name}/fast`);
  expect((await antiphonCommand(["work-queue", "delete", `${name}/default`])).err).toBe(
    `antiphon: work queue "${name}/default" is where the pool's runs go by default: delete the pool\n`,
  );
  expect((await antiphonCommand(["work-pool", "resume", name])).out).toContain("begin again");
  expect((await antiphonCommand(["work-pool", "delete", name])).code).toBe(0);
  expect(await antiphonCommand(["work-pool", "inspect", name])).toMatchObject({
    code: 1,
    err: expect.stringContaining("there is no work pool"),
  });
  expect((await antiphonCommand(["work-queue", "pause", "nothing"])).code).toBe(2);
});
