import { socketClient } from "../client/client.ts";
import { ConnectionError } from "../client/errors.ts";
import { refusalError } from "../client/refusal.ts";
import type { FlowDeployment } from "../deployment/definition.ts";
import { RegisterDeploymentDocument } from "../gql/graphql.ts";

/** Creates or updates the deployments and returns their ids. A server that is not there yet is waited for. */
export async function registerDeployments(deployments: FlowDeployment[]): Promise<string[]> {
  const ids: string[] = [];
  for (const { input } of deployments) {
    const { registerDeployment } = await whenThere(() =>
      socketClient().request(RegisterDeploymentDocument, { deployment: input }),
    );
    if (registerDeployment.__typename !== "Deployment") throw refusalError(registerDeployment, input);
    ids.push(registerDeployment.id);
  }
  return ids;
}

async function whenThere<T>(request: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      console.error(`antiphon: ${error.message}; waiting for it`);
    }
  }
}
