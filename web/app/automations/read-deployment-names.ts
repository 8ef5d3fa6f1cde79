import { read } from "../../lib/graphql/server.ts";
import type { DeploymentNames } from "./action-list.tsx";
import { deploymentNames } from "./documents.ts";

/** What every deployment is called, by its id. */
export async function readDeploymentNames(): Promise<DeploymentNames> {
  const { deployments } = await read(deploymentNames, {});
  return new Map(deployments.map(({ id, fullName }) => [id, fullName]));
}
