import { refused } from "../automation/document.ts";
import { socketClient } from "../client/client.ts";
import { ConnectionError } from "../client/errors.ts";
import { refusalError } from "../client/refusal.ts";
import type { FlowDeployment } from "../deployment/definition.ts";
import { RegisterDeploymentDocument, type RegisterDeploymentMutation } from "../gql/graphql.ts";

type Answer = RegisterDeploymentMutation["registerDeployment"];

/** A deployment as the server knows it, and what became of its triggers. */
export type Registered = Extract<Answer, { __typename: "RegisteredDeployment" }>;

/**
 * Creates or updates the deployments. A server that is not there yet is waited for, until the signal is aborted: then it rejects with
 * a ConnectionError.
 */
export async function registerDeployments(
  deployments: FlowDeployment[],
  signal: AbortSignal = new AbortController().signal,
): Promise<Registered[]> {
  const done: Registered[] = [];
  for (const deployment of deployments) {
    const { registerDeployment } = await whenThere(signal, () =>
      socketClient().request(RegisterDeploymentDocument, { deployment: deployment.input }, { signal }),
    );
    if (registerDeployment.__typename !== "RegisteredDeployment")
      throw refusalOf(deployment, registerDeployment);
    done.push(registerDeployment);
  }
  return done;
}

function refusalOf(
  { flowName, name, input, triggers }: FlowDeployment,
  refusal: Exclude<Answer, Registered>,
): Error {
  if (refusal.__typename !== "InvalidInputError") return refusalError(refusal, input);
  const issues = refusal.issues.map(({ path, message }) => ({
    path: path[0] === "deployment" ? path.slice(1) : path,
    message: message.replace(/^deployment\./, ""),
  }));
  return refused(`deployment ${flowName}/${name}`, { ...input, triggers }, issues);
}

async function whenThere<T>(signal: AbortSignal, request: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof ConnectionError) || signal.aborted) throw error;
      console.error(`antiphon: ${error.message}; waiting for it`);
    }
  }
}
