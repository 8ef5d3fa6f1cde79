import { suggestion } from "../../../core/document/nearest.ts";
import { socketClient } from "../../client/client.ts";
import { ApiError } from "../../client/errors.ts";
import { fetchOnce } from "../../client/fetch.ts";
import type { Reference } from "../../deployment-file/references.ts";
import {
  DeployBlockDocument,
  KnownDeploymentsDocument,
  type KnownDeploymentsQuery,
  ReadAutomationDocument,
  WorkPoolsByNameDocument,
} from "../../gql/graphql.ts";
import { failureOf, request } from "../request.ts";

/** A deployment that a name may mean; without an id while it is only about to be deployed. */
export interface KnownDeployment {
  fullName: string;
  name: string;
  id: string | null;
}

/** The id that a name stands for, or why it stands for none. An id of null comes with this deploy. */
export type Meant = { id: string | null } | { problem: string };

/** A deployment as the server has it. */
export type StoredDeployment = KnownDeploymentsQuery["deployments"][number];

export async function knownDeployments(): Promise<StoredDeployment[]> {
  const { deployments } = await request(KnownDeploymentsDocument, {});
  return deployments;
}

/** A deployment by `<flow>/<deployment>`, or by its own name where only one flow has a deployment of it. */
export function deploymentMeant(name: string, known: readonly KnownDeployment[]): Meant {
  const found = known.filter((one) => one.fullName === name || one.id === name);
  const all = found.length > 0 ? found : known.filter((one) => one.name === name);
  const [only, ...more] = all;
  if (only === undefined) return { problem: `there is no deployment ${JSON.stringify(name)}` };
  if (more.length === 0) return { id: only.id };
  return {
    problem: `several flows have a deployment ${JSON.stringify(name)}: give one of ${all.map(({ fullName }) => fullName).join(", ")}`,
  };
}

/**
 * What a reference of an automation means.
 *
 * @param automations names of those that are applied with it
 */
export async function meant(
  { noun, name }: Reference,
  deployments: readonly KnownDeployment[],
  automations: readonly string[],
): Promise<Meant> {
  switch (noun) {
    case "deployment":
      return deploymentMeant(name, deployments);
    case "block": {
      const slash = name.indexOf("/");
      if (slash < 1)
        return {
          problem: `must be <type>/<name>, such as "slack-webhook/ops"; it is the text ${JSON.stringify(name)}`,
        };
      const { block } = await request(DeployBlockDocument, {
        type: name.slice(0, slash),
        name: name.slice(slash + 1),
      });
      return block ? { id: block.id } : { problem: `there is no block ${name}` };
    }
    case "work_pool":
    case "work_queue":
      return workMeant(noun, name);
    case "automation": {
      const there = await automationMeant(name);
      if (there !== null) return there;
      return automations.includes(name)
        ? { id: null }
        : { problem: `there is no automation ${JSON.stringify(name)}` };
    }
  }
}

async function workMeant(noun: "work_pool" | "work_queue", name: string): Promise<Meant> {
  const { workPools } = await request(WorkPoolsByNameDocument, {});
  const known = workPools.flatMap((pool) =>
    noun === "work_pool"
      ? [pool]
      : pool.queues.map((queue) => ({ id: queue.id, name: `${pool.name}/${queue.name}` })),
  );
  const found = known.find((one) => one.name === name);
  if (found !== undefined) return { id: found.id };
  const names = known.map((one) => one.name);
  const what = noun === "work_pool" ? "work pool" : "work queue <pool>/<queue>";
  return {
    problem: `there is no ${what} ${JSON.stringify(name)}${names.length > 0 ? suggestion(name, names) : ""}`,
  };
}

/** Null where there is none of that name. */
async function automationMeant(name: string): Promise<Meant | null> {
  const { connection } = socketClient();
  try {
    const { automation } = await fetchOnce(connection, ReadAutomationDocument, { id: null, name });
    return automation && { id: automation.id };
  } catch (error) {
    if (error instanceof ApiError && error.code === "AMBIGUOUS_NAME") return { problem: error.message };
    throw failureOf(error, connection.url);
  }
}
