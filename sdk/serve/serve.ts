import type { DeploymentDefinition } from "../deployment/definition.ts";
import { FlowDeployment } from "../deployment/definition.ts";
import { isChild } from "./assignment.ts";
import { serveAsChild } from "./child.ts";
import { Runner, type RunnerOptions } from "./runner.ts";
import { ServedFlows } from "./served-flows.ts";

/** How deployments are served. */
export interface ServeOptions {
  /** Runs at once, 5 by default, null for any number; a paused run keeps its place, a suspended one gives it back. */
  limit?: number | null;
  /**
   * Whether the triggers and schedules of what was served are paused when it stops, until it is served again; true by default. Where
   * another process serves the same deployment they stay on. False leaves them on: what they start waits for somebody who serves.
   */
  pauseOnShutdown?: boolean;
  /** Stops serving, as SIGINT and SIGTERM do. */
  signal?: AbortSignal;
  /**
   * Where the served flow is, as `<file>:<export>`, for a host that cannot be run again, such as a test runner. By
   * default each run's process runs this script again.
   */
  entrypoint?: string;
}

/**
 * Registers the deployments, then runs their runs, each in a process of its own, until stopped by SIGINT, SIGTERM or
 * the signal. That process runs this script again up to here; code before `serve` therefore runs in each of them.
 */
export async function serve(
  ...deployments: [...DeploymentDefinition[], ServeOptions] | DeploymentDefinition[]
): Promise<void> {
  const definitions: FlowDeployment[] = [];
  const others: (DeploymentDefinition | ServeOptions)[] = [];
  for (const one of deployments) {
    if (one instanceof FlowDeployment) definitions.push(one);
    else others.push(one);
  }
  const options = checked(others);
  if (definitions.length === 0)
    throw new TypeError("serve: nothing to serve; give it flow.toDeployment({ name })");
  const twice = definitions.find((one, place) =>
    definitions.some((other, at) => at < place && isSame(one, other)),
  );
  if (twice) throw new TypeError(`serve: ${twice.flowName}/${twice.name} is given twice`);
  if (isChild) return serveAsChild(definitions);
  await new Runner(new ServedFlows(definitions, options), options).run();
}

const optionsKnown = new Set(["limit", "pauseOnShutdown", "signal", "entrypoint"]);

function checked(others: (DeploymentDefinition | ServeOptions)[]): RunnerOptions & { entrypoint: string } {
  const given = others[0] ?? {};
  if (others.length > 1 || "flowName" in given) {
    throw new TypeError(
      "serve: give it deployments made by flow.toDeployment(…), and at most one object of options last",
    );
  }
  const unknown = Object.keys(given).find((name) => !optionsKnown.has(name));
  if (unknown !== undefined) throw new TypeError(`serve: there is no option ${JSON.stringify(unknown)}`);
  const { limit = 5, pauseOnShutdown = true, signal = null, entrypoint = "" } = given;
  if (limit !== null && !(Number.isInteger(limit) && limit > 0)) {
    throw new TypeError(`serve: limit is a number of runs, 1 or more, or null for any number, not ${limit}`);
  }
  if (typeof pauseOnShutdown !== "boolean") {
    throw new TypeError(`serve: pauseOnShutdown is true or false, not ${String(pauseOnShutdown)}`);
  }
  return { limit, pauseOnShutdown, signal, entrypoint };
}

function isSame(one: FlowDeployment, other: FlowDeployment): boolean {
  return one.flowName === other.flowName && one.name === other.name;
}
