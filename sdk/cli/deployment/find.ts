import { suggestion } from "../../../core/document/nearest.ts";
import { InspectDeploymentDocument, type InspectDeploymentQuery } from "../../gql/graphql.ts";
import { deploymentMeant, knownDeployments } from "../deploy/known-names.ts";
import { Failure } from "../failure.ts";
import { request } from "../request.ts";

export type FoundDeployment = NonNullable<InspectDeploymentQuery["deployment"]>;

/** The deployment that a command names: by its id or `<flow>/<deployment>`, or by its own name where that is only one's. */
export async function findDeployment(given: string): Promise<FoundDeployment> {
  const known = await knownDeployments();
  const found = deploymentMeant(given, known);
  if ("problem" in found) {
    const names = known.map(({ fullName }) => fullName);
    const isUnknown = found.problem.startsWith("there is no");
    throw new Failure(`${found.problem}${isUnknown && names.length > 0 ? suggestion(given, names) : ""}`);
  }
  const { deployment } = await request(InspectDeploymentDocument, { id: found.id ?? "" });
  if (deployment) return deployment;
  throw new Failure(`the deployment ${given} was deleted meanwhile`);
}
