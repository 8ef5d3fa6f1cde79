import type { Issue } from "../../../core/error.ts";
import type { FileDeployment } from "../../deployment-file/read-deployment.ts";
import { Bundler } from "../../worker/bundler.ts";
import { Failure } from "../failure.ts";
import { type DescribedFlow, describeEntrypoint } from "./describe-entrypoint.ts";
import { refuse } from "./plan.ts";
import type { Source } from "./source.ts";

/** A deployment with what its flow says; null where only the flow's name is known. */
export interface Described {
  deployment: FileDeployment;
  flowName: string;
  flow: DescribedFlow | null;
}

/** Processes that load flows at once. */
const atOnce = 4;

/** Looks at the flows of all deployments. @throws Failure with every one that cannot be found, or has another name than is said */
export async function describeAll(
  source: Source,
  deployments: readonly FileDeployment[],
): Promise<Described[]> {
  const flows = await describeEach(new Set(deployments.flatMap(({ entrypoint }) => entrypoint ?? [])));
  const issues: Issue[] = [];
  const found: Described[] = [];
  for (const deployment of deployments) {
    const { entrypoint, path } = deployment;
    const flow = entrypoint === null ? null : (flows.get(entrypoint) ?? null);
    if (flow instanceof Failure) {
      issues.push({ path: [...path, "entrypoint"], message: flow.message });
      continue;
    }
    const flowName = flow?.flowName ?? deployment.flowName ?? "";
    if (deployment.flowName !== null && deployment.flowName !== flowName)
      issues.push({
        path: [...path, "flow_name"],
        message: `flow_name is ${JSON.stringify(deployment.flowName)}, but the flow of ${entrypoint} is called ${JSON.stringify(flowName)}`,
      });
    if (found.some((one) => one.flowName === flowName && one.deployment.name === deployment.name))
      issues.push({ path: [...path, "name"], message: `${flowName}/${deployment.name} is given twice` });
    found.push({ deployment, flowName, flow });
  }
  refuse(source, issues);
  return found;
}

/** The flow of each entry point, or why there is none. */
async function describeEach(entrypoints: ReadonlySet<string>): Promise<Map<string, DescribedFlow | Failure>> {
  const bundler = new Bundler();
  const found = new Map<string, DescribedFlow | Failure>();
  const waiting = [...entrypoints];
  const describeNext = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      found.set(next, await describeEntrypoint(next, bundler).catch(failureIn));
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, describeNext));
    return found;
  } finally {
    await bundler.close();
  }
}

function failureIn(error: unknown): Failure {
  if (error instanceof Failure) return error;
  throw error;
}
