import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { namedBlock, textOf } from "../docs/support/pages.ts";

const run = promisify(execFile);
const root = path.join(import.meta.dirname, "../..");
let project: string;

/** A project of somebody who has installed what `npm pack` makes with what it depends on, zod, and nothing else. */
beforeAll(async () => {
  project = await mkdtemp(path.join(os.tmpdir(), "antiphon-package-"));
  const modules = path.join(project, "node_modules");
  for (const scope of ["@types", "@clack"]) await mkdir(path.join(modules, scope), { recursive: true });
  await run("npm", ["pack", "--silent", "--pack-destination", project], { cwd: path.join(root, "sdk") });
  const [tarball = ""] = (await readdir(project)).filter((name) => name.endsWith(".tgz"));
  await run("tar", ["xf", tarball], { cwd: project });
  await run("mv", ["package", path.join(modules, "antiphon")], { cwd: project });
  for (const name of ["zod", "ws", "commander", "yaml", "@clack/prompts", "@types/node", "undici-types"])
    await symlink(path.join(root, "node_modules", name), path.join(modules, name));
  await writeFile(path.join(project, "package.json"), JSON.stringify({ type: "module" }));
});

afterAll(() => rm(project, { recursive: true, force: true }));

const flowFile = `
  import { Automation, emitEvent, flow, pauseFlowRun, RunInput } from "antiphon";
  import { z } from "zod";

  class ShirtOrder extends RunInput(z.object({ size: z.enum(["S", "M"]), count: z.number().default(1) })) {}

  export const order = flow({ name: "order", parameters: z.object({ name: z.string() }) }, async ({ name }) => {
    const shirt = await pauseFlowRun({ waitForInput: ShirtOrder });
    const count: number = shirt.count;
    // @ts-expect-error a size is no number
    const size: number = shirt.size;
    return \`\${name}: \${count} of \${size}\`;
  });
  const result: Promise<string> = order({ name: "Ada" });
  // @ts-expect-error the name is missing
  order({});
  void result;

  const sent: Promise<{ id: string }> = emitEvent({ event: "order.paid", resource: { "prefect.resource.id": "1" } });
  const id: string | null = new Automation({ name: "a", trigger: { type: "event" }, actions: [] }).id;
  order.toDeployment({ name: "d", triggers: [{ expect: ["order.paid"], parameters: { name: "{{ event.id }}" } }] });
  // @ts-expect-error no such posture
  order.toDeployment({ name: "d", triggers: [{ posture: "Sometimes" }] });
  void [sent, id];
`;

it.each([
  { module: "nodenext", moduleResolution: "nodenext" },
  { module: "esnext", moduleResolution: "bundler" },
])("the packed SDK has its types in a strict project with $moduleResolution resolution", async (options) => {
  await writeFile(path.join(project, "flow.ts"), flowFile);
  const compilerOptions = { ...options, target: "es2022", strict: true, noEmit: true, types: ["node"] };
  await writeFile(
    path.join(project, "tsconfig.json"),
    JSON.stringify({ compilerOptions, files: ["flow.ts"] }),
  );
  const tsc = path.join(root, "node_modules/typescript/bin/tsc");
  const { stdout } = await run(process.execPath, [tsc, "-p", project]).catch((error) => error);
  expect(stdout).toBe("");
});

it("what the README says of a project of one's own is so", async () => {
  const { version } = JSON.parse(await readFile(path.join(root, "sdk/package.json"), "utf8"));
  for (const page of ["README.md", "sdk/README.md"])
    expect(textOf(page)).toContain(`npm install ./antiphon-${version}.tgz zod@4`);
  for (const name of ["hello.ts", "tsconfig.json"])
    await writeFile(path.join(project, name), namedBlock("README.md", name).text);
  await rm(path.join(project, "flow.ts"), { force: true });
  const tsc = path.join(root, "node_modules/typescript/bin/tsc");
  const { stdout } = await run(process.execPath, [tsc, "-p", project]).catch((error) => error);
  expect(stdout).toBe("");
});

it("the packed command line runs", async () => {
  const command = path.join(project, "node_modules/antiphon/bin/antiphon.mjs");
  const { stdout } = await run(process.execPath, [command, "--help"], { cwd: project });
  expect(stdout).toContain("Usage: antiphon [options] [command]");
  const { bin, version } = JSON.parse(await readFile(path.join(root, "sdk/package.json"), "utf8"));
  expect(bin).toEqual({ antiphon: "bin/antiphon.mjs" });
  expect((await run(command, ["--version"], { cwd: project })).stdout).toBe(`${version}\n`);
});

it("in the repository the command line runs by its name", async () => {
  const { stdout } = await run("npx", ["--no", "--", "antiphon", "--help"], { cwd: root });
  expect(stdout).toContain("Usage: antiphon [options] [command]");
});

it("the packed SDK loads with zod and ws beside it, and nothing else", async () => {
  for (const name of ["commander", "yaml", "@clack/prompts"])
    await rm(path.join(project, "node_modules", name), { recursive: true, force: true });
  const program = `const sdk = await import("antiphon"); console.log(Object.keys(sdk).sort().join(" "));`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", program], { cwd: project });
  const names = [
    "flow",
    "task",
    "serve",
    "pauseFlowRun",
    "receiveInput",
    "RunInput",
    "JsonBlock",
    "getClient",
    "emitEvent",
    "Automation",
  ];
  expect(stdout.trim().split(" ")).toEqual(expect.arrayContaining(names));
});
