import { getClient } from "../../../sdk/index.ts";

/** A file of flows to deploy. */
export const flows = `
import { flow } from "antiphon";
import { z } from "zod";
export const buildNames = flow(
  { name: "build-names", description: "Builds names", version: "7", parameters: z.object({ num: z.int().default(10) }) },
  ({ num }) => num,
);
export const other = flow("other", () => undefined);
export const notAFlow = 1;
`;

interface Owned {
  name: string;
  enabled: boolean;
  ownerResource: string | null;
  document: { trigger: Record<string, unknown>; actions: Record<string, unknown>[] };
}
interface Deployed {
  id: string;
  fullName: string;
  description: string | null;
  version: string | null;
  tags: string[];
  parameters: unknown;
  parameterSchema: unknown;
  enforceParameterSchema: boolean;
  paused: boolean;
  entrypoint: string | null;
  path: string | null;
  concurrencyLimit: number | null;
  collisionStrategy: string;
  automations: (Owned & { id: string })[];
}

/** A deployment by its full name; null where there is none. */
export async function deployed(fullName: string): Promise<Deployed | null> {
  const { deployment } = await getClient().request<{ deployment: Deployed | null }>(
    `query ($name: String!) { deployment(name: $name) {
      id fullName description version tags parameters parameterSchema enforceParameterSchema paused entrypoint path
      concurrencyLimit collisionStrategy automations { id name enabled ownerResource document } } }`,
    { name: fullName },
  );
  return deployment;
}

/** The triggers of a deployment: the automations that it owns. */
export async function triggersOf(fullName: string) {
  const found = await deployed(fullName);
  return (found?.automations ?? []).filter(({ ownerResource }) => ownerResource !== null);
}

/** Deletes all deployments. */
export async function deleteDeployments(): Promise<void> {
  const { deployments } = await getClient().request<{ deployments: { id: string }[] }>(
    "{ deployments { id } }",
  );
  for (const { id } of deployments)
    await getClient().request("mutation ($id: ID!) { deleteDeployment(id: $id) }", { id });
}

/** One deployment of the file, with more of what it says. */
export function file(more = "", whole = ""): string {
  return `${whole}deployments:\n  - name: d\n    flow_name: other\n${more}`;
}
