import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { childEnvironment } from "../../serve/assignment.ts";
import { typescriptLoader } from "../../serve/command.ts";
import { findFlowScript } from "../../serve/find-flow-script.ts";
import type { Bundler } from "../../worker/bundler.ts";
import { Failure } from "../failure.ts";

/** What a deployment takes from its flow. */
export interface DescribedFlow {
  flowName: string;
  description: string | null;
  version: string | null;
  parameterSchema: unknown;
}

type Answer = ({ type: "flow" } & DescribedFlow) | { type: "problem"; message: string };

/** Longer than a module takes to load. */
const patienceMs = 30_000;

/**
 * Looks at the flow of `<file>:<flow>`, a file from the folder of this process. Its module is loaded in a process of its own,
 * in which nothing is served. Throws Failure where there is no such flow.
 */
export async function describeEntrypoint(entrypoint: string, bundler: Bundler): Promise<DescribedFlow> {
  const at = entrypoint.lastIndexOf(":");
  const [file, name] = [path.resolve(entrypoint.slice(0, at)), entrypoint.slice(at + 1)];
  if (!existsSync(file)) throw new Failure(`${entrypoint} cannot be found: there is no file ${file}`);
  const { flags, url } = await importable(file, bundler);
  const answer = await ask(entrypoint, [...flags, "--input-type=module", "--eval", script(url, name)]);
  if (answer.type === "flow") return answer;
  throw new Failure(`${entrypoint}: ${file} ${answer.message}`);
}

/** How Node imports a file: bundled as workers do it, else by a loader that the project has. */
async function importable(file: string, bundler: Bundler): Promise<{ flags: string[]; url: string }> {
  try {
    return { flags: [], url: await bundler.moduleUrl(file) };
  } catch (error) {
    try {
      return { flags: typescriptLoader(file), url: pathToFileURL(file).href };
    } catch {
      throw new Failure(error instanceof Error ? error.message : String(error));
    }
  }
}

function ask(entrypoint: string, args: readonly string[]): Promise<Answer> {
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...process.env, ...childEnvironment },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-10_000);
    });
  return new Promise<Answer>((resolve, reject) => {
    const refuse = (why: string) =>
      reject(new Failure(`${entrypoint} ${why}${said === "" ? "" : `:\n${said.trimEnd()}`}`));
    const timer = setTimeout(
      () => refuse(`was not loaded within ${patienceMs / 1000} s: does its module wait for something?`),
      patienceMs,
    );
    child.once("error", (error) => refuse(`could not be loaded: ${error.message}`));
    child.once("close", () => refuse("could not be loaded"));
    child.on("message", (message: Answer | { type: "ready" }) => {
      if (message.type !== "ready") return resolve(message);
      refuse(
        "serves as soon as it is loaded: call serve only where the script itself is run, as in `if (process.argv[1] === import.meta.filename)`",
      );
    });
    child.once("close", () => clearTimeout(timer));
  }).finally(() => child.kill("SIGKILL"));
}

/** The code of that process, which lives until it is ended. */
function script(url: string, name: string): string {
  return `
    process.on("message", () => undefined).on("disconnect", () => process.exit(0));
    const found = await import(${JSON.stringify(url)});
    ${findFlowScript(name)}
    if (flow !== undefined) {
      const { flowName, description, version, parameterSchema } = flow.toDeployment({ name: "described" }).input;
      process.send({ type: "flow", flowName, description: description ?? null, version: version ?? null, parameterSchema });
    } else {
      const names = [...new Set([...Object.keys(exported).filter((key) => isFlow(exported[key])), ...flows.map(({ name }) => name)])];
      const message = ${JSON.stringify(`has no flow ${name}`)} + (names.length > 0 ? "; it has " + names.join(", ") : "");
      process.send({ type: "problem", message });
    }`;
}
