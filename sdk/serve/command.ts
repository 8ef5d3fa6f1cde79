import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { flowScript } from "./find-flow-script.ts";

/** Flags of this process that a child cannot share: one debugger's port, a watcher's or a test runner's mode, a script given as text. */
const ownFlags = /^--(?:inspect|watch|test)\b/;

/** How a process of Node is started. */
export interface ChildCommand {
  command: string;
  args: string[];
  /** The folder it runs in; that of this process where it is left out. */
  cwd?: string;
  /** Over the environment of this process; undefined takes a variable away. */
  env?: Record<string, string | undefined>;
}

/** How Node runs this script again, under the same loader, or the entry point of a flow. */
export function childCommand(entrypoint: string): ChildCommand {
  return { command: process.execPath, args: childArguments(entrypoint) };
}

function childArguments(entrypoint: string): string[] {
  if (entrypoint) return entrypointArguments(entrypoint);
  const script = process.argv[1];
  if (script === undefined) {
    throw new Error(
      "serve: this process was not started from a script, so it cannot be run again for each run: give serve the option entrypoint, `<file>:<export>` of the flow",
    );
  }
  return [...process.execArgv.filter((flag) => !ownFlags.test(flag)), ...process.argv.slice(1)];
}

function entrypointArguments(entrypoint: string): string[] {
  const at = entrypoint.lastIndexOf(":");
  const file = path.resolve(entrypoint.slice(0, at));
  const name = entrypoint.slice(at + 1);
  if (at < 1 || name === "") {
    throw new TypeError(
      `serve: entrypoint is <file>:<export of the flow>, not ${JSON.stringify(entrypoint)}`,
    );
  }
  const script = flowScript(pathToFileURL(file).href, name, file);
  return [...typescriptLoader(file), "--input-type=module", "--eval", script];
}

/** Node before 22.18 reads TypeScript by a loader only; the project's own tsx is taken. */
export function typescriptLoader(file: string): string[] {
  if (!/\.[cm]?tsx?$/.test(file) || readsTypescript()) return [];
  try {
    return ["--import", pathToFileURL(createRequire(file).resolve("tsx")).href];
  } catch {
    throw new Error(
      `serve: ${file} is TypeScript, which this Node (${process.version}) runs with a loader only: install tsx beside it, or give a JavaScript file`,
    );
  }
}

function readsTypescript(): boolean {
  return "typescript" in process.features && Boolean(process.features.typescript);
}
