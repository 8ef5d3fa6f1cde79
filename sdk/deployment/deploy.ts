import path from "node:path";
import { toJson } from "../../core/json.ts";
import { socketClient } from "../client/client.ts";
import type { FlowDefinition } from "../flow/definition.ts";
import { FindDeploymentIdDocument } from "../gql/graphql.ts";
import { isChild } from "../serve/assignment.ts";
import { triggerWarnings } from "../serve/banner.ts";
import { registerDeployments } from "../serve/register.ts";
import { type DeploymentOptions, defineDeployment, FlowDeployment } from "./definition.ts";

/** A deployment that the workers of a pool run. */
export type DeployOptions = DeploymentOptions & {
  /** The pool's name. It has to be there: `antiphon work-pool create`. */
  workPool: string;
  /** One of its queues; the one named `default` where it is left out. */
  workQueue?: string;
  /**
   * Where the flow is, as `<file>:<export or name of the flow>`, the file from the folder of this process. By default the script
   * that calls, and the flow's name: workers load the script again, and in them `deploy` does nothing.
   */
  entrypoint?: string;
  /** What the process of a run is made of; of a pool of type `process` these are `env`, `command` and `working_dir`. */
  jobVariables?: object;
  /** Kept as the job variable `image`; process pools do not use it. */
  image?: string;
};

/** Registers a deployment on a work pool. In a worker's process, which loads the script again, it only finds it. */
export async function deploy(flow: FlowDefinition, options: DeployOptions): Promise<{ id: string }> {
  const { workPool, workQueue, entrypoint, jobVariables, image, ...rest } = options;
  const where = `deployment of flow ${flow.name}`;
  if (typeof workPool !== "string" || workPool === "")
    throw new TypeError(`${where}: workPool is the name of a work pool, not ${JSON.stringify(workPool)}`);
  const defined = defineDeployment(flow, rest);
  if (isChild) return { id: await find(`${flow.name}/${defined.name}`) };
  const variables = toJson({ ...jobVariables, ...(image !== undefined && { image }) });
  if (!variables.ok)
    throw new TypeError(`${where}: jobVariables.${variables.path.join(".")} ${variables.message}`);
  const input = {
    ...defined.input,
    workPool,
    ...(workQueue !== undefined && { workQueue }),
    entrypoint: entrypoint ?? ownEntrypoint(flow.name),
    path: process.cwd(),
    jobVariables: variables.value,
  };
  const registered = await registerDeployments([
    new FlowDeployment(flow, defined.name, input, defined.triggers),
  ]);
  for (const warning of triggerWarnings(registered)) console.warn(warning);
  const [deployed] = registered;
  if (deployed === undefined) throw new Error(`${where}: the server did not say what became of it`);
  return { id: deployed.deployment.id };
}

function ownEntrypoint(flowName: string): string {
  const script = process.argv[1];
  if (script === undefined) {
    throw new TypeError(
      "deploy: this process was not started from a script that workers could load: give the option entrypoint, `<file>:<export or name of the flow>`",
    );
  }
  return `${path.relative(process.cwd(), script)}:${flowName}`;
}

async function find(name: string): Promise<string> {
  const { deployment } = await socketClient().request(FindDeploymentIdDocument, { name });
  if (deployment) return deployment.id;
  throw new Error(`the deployment ${name} was deleted`);
}
