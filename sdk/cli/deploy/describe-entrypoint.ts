import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { childEnvironment } from "../../serve/assignment.ts";
import { typescriptLoader } from "../../serve/command.ts";
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
 * Looks at the flow of `<file>:<export>`, a file from the folder of this process. Its module is loaded in a process of its own,
 * in which nothing is served. Throws Failure where there is no such flow.
 */
export async function describeEntrypoint(entrypoint: string): Promise<DescribedFlow> {
  const at = entrypoint.lastIndexOf(":");
  const [file, name] = [path.resolve(entrypoint.slice(0, at)), entrypoint.slice(at + 1)];
  if (!existsSync(file)) throw new Failure(`${entrypoint} cannot be found: there is no file ${file}`);
  const args = [...loader(file), "--input-type=module", "--eval", script(file, name)];
  const answer = await ask(entrypoint, args);
  if (answer.type === "flow") return answer;
  throw new Failure(`${entrypoint}: ${file} ${answer.message}`);
}

function loader(file: string): string[] {
  try {
    return typescriptLoader(file);
  } catch (error) {
    throw new Failure(error instanceof Error ? error.message : String(error));
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

/**
 * The code of that process, which lives until it is ended. The module may have another version of the SDK than this command, so it
 * is asked by its shape only.
 */
function script(file: string, name: string): string {
  return `
    process.on("message", () => undefined).on("disconnect", () => process.exit(0));
    const module = await import(${JSON.stringify(pathToFileURL(file).href)});
    const found = { ...module.default, ...module };
    const isFlow = (value) => typeof value?.toDeployment === "function";
    const flow = found[${JSON.stringify(name)}];
    if (isFlow(flow)) {
      const { flowName, description, version, parameterSchema } = flow.toDeployment({ name: "described" }).input;
      process.send({ type: "flow", flowName, description: description ?? null, version: version ?? null, parameterSchema });
    } else {
      const flows = Object.keys(found).filter((key) => isFlow(found[key]));
      const message = ${JSON.stringify(`exports no flow ${name}`)} + (flows.length > 0 ? "; it exports " + flows.join(", ") : "");
      process.send({ type: "problem", message });
    }`;
}
