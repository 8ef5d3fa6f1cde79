import type { Metadata } from "next";
import { read } from "../../lib/graphql/server.ts";
import { Empty } from "../../ui/empty.tsx";
import { RefreshEvery } from "../../ui/refresh-every.tsx";
import { DeploymentItem } from "./deployment-item.tsx";
import { deploymentsDocument } from "./documents.ts";

export const metadata: Metadata = { title: "Deployments" };

export default async function DeploymentsPage() {
  const { deployments } = await read(deploymentsDocument, {});
  return (
    <div className="flex flex-col gap-5">
      <RefreshEvery seconds={10} />
      <h1 className="text-xl font-semibold tracking-tight">Deployments</h1>
      <div className="overflow-hidden rounded-xl border border-line bg-panel shadow-xs">
        {deployments.length === 0 ? (
          <Empty title="No deployments yet">
            <p>
              A flow becomes a deployment when a program serves it:{" "}
              <code className="font-mono text-xs">await serve(flow)</code>. It appears here by itself.
            </p>
          </Empty>
        ) : (
          <ul className="divide-y divide-line">
            {deployments.map((deployment) => (
              <DeploymentItem key={deployment.id} deployment={deployment} />
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
