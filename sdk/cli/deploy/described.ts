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

/** Looks at the flows of all deployments. @throws Failure with every one that cannot be found, or has another name than is said */
export async function describeAll(
  source: Source,
  deployments: readonly FileDeployment[],
): Promise<Described[]> {
  const bundler = new Bundler();
  try {
    return await describe(source, deployments, bundler);
  } finally {
    await bundler.close();
  }
}

async function describe(
  source: Source,
  deployments: readonly FileDeployment[],
  bundler: Bundler,
): Promise<Described[]> {
  const seen = new Map<string, Promise<DescribedFlow>>();
  const issues: { path: string[]; message: string }[] = [];
  const found: Described[] = [];
  for (const deployment of deployments) {
    const { entrypoint, flowName, path } = deployment;
    const described =
      entrypoint === null ? null : (seen.get(entrypoint) ?? describeEntrypoint(entrypoint, bundler));
    if (entrypoint !== null && described !== null) seen.set(entrypoint, described);
    try {
      const flow = await described;
      const name = flow?.flowName ?? flowName ?? "";
      if (flowName !== null && flowName !== name)
        issues.push({
          path: [...path, "flow_name"],
          message: `flow_name is ${JSON.stringify(flowName)}, but the flow of ${entrypoint} is called ${JSON.stringify(name)}`,
        });
      if (found.some((one) => one.flowName === name && one.deployment.name === deployment.name))
        issues.push({ path: [...path, "name"], message: `${name}/${deployment.name} is given twice` });
      found.push({ deployment, flowName: name, flow });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      issues.push({ path: [...path, "entrypoint"], message: error.message });
    }
  }
  refuse(source, issues);
  return found;
}
