import path from "node:path";
import { socketClient } from "../client/client.ts";
import type { ChildCommand } from "../serve/command.ts";
import { flowScript } from "../serve/find-flow-script.ts";
import type { ClaimedRun } from "../serve/running-child.ts";
import type { Bundler } from "./bundler.ts";

/** How the process of a pool's run is started. Throws with the reason where it cannot be. */
export async function runCommand(run: ClaimedRun, bundler: Bundler): Promise<ChildCommand> {
  const { deployment, jobVariables } = run.flowRun;
  if (!deployment?.entrypoint)
    throw new Error(
      "its deployment has no entry point, which says where its flow is: deploy it with one, `<file>:<flow>`",
    );
  const { entrypoint } = deployment;
  const folder = path.resolve(deployment.path ?? ".");
  const at = entrypoint.lastIndexOf(":");
  if (at < 1 || at === entrypoint.length - 1)
    throw new Error(`its entry point ${JSON.stringify(entrypoint)} is not of the form <file>:<flow>`);
  const [file, flow] = [path.resolve(folder, entrypoint.slice(0, at)), entrypoint.slice(at + 1)];
  if (file.endsWith(".py"))
    throw new Error(
      `its entry point ${entrypoint} is Python; flows are written in TypeScript or JavaScript here: deploy it with such a file`,
    );
  const script = flowScript(await bundler.moduleUrl(file), flow, file);
  const { command, cwd, env } = processOf(jobVariables, folder);
  const [program = process.execPath, ...first] = command;
  return {
    command: program,
    args: [...first, "--enable-source-maps", "--input-type=module", "--eval", script],
    cwd,
    env: { ANTIPHON_API_URL: socketClient().connection.url, ...env },
  };
}

interface ProcessSettings {
  /** The program and its first arguments; empty for this process's own Node. */
  command: string[];
  cwd: string;
  env: Record<string, string | undefined>;
}

/** What a pool of type `process` knows of job variables; the server has checked them by the pool's schema, which may be another one. */
function processOf(variables: unknown, folder: string): ProcessSettings {
  const given = typeof variables === "object" && variables !== null ? variables : {};
  const { command, working_dir, env } = given as Record<string, unknown>; // each is looked at
  return {
    command: typeof command === "string" ? command.split(/\s+/).filter(Boolean) : [],
    cwd: typeof working_dir === "string" ? path.resolve(folder, working_dir) : folder,
    env: Object.fromEntries(
      Object.entries(typeof env === "object" && env !== null ? env : {}).map(([name, value]) => [
        name,
        value === null ? undefined : String(value),
      ]),
    ),
  };
}
