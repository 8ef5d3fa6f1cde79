"use client";

import type { DeploymentsQuery } from "../../gql/graphql.ts";
import { useFresh } from "../../lib/graphql/use-fresh.ts";
import { Empty } from "../../ui/empty.tsx";
import { Notice } from "../../ui/notice.tsx";
import { DeploymentItem } from "./deployment-item.tsx";
import { deploymentsDocument } from "./documents.ts";

/** The list that the server rendered, kept up to date. */
export function LiveDeployments({ initial }: { initial: DeploymentsQuery }) {
  const { data, refusal } = useFresh({
    document: deploymentsDocument,
    variables: {},
    initial,
    filter: { events: ["prefect.deployment.*"] },
    // Runs have events of their own, too many to read all deployments at each.
    everySeconds: 10,
  });
  return (
    <>
      {refusal === null ? null : <Notice look="bad">This list is not live: {refusal}</Notice>}
      <div className="overflow-hidden rounded-xl border border-line bg-panel shadow-xs">
        {data.deployments.length === 0 ? (
          <Empty title="No deployments yet">
            <p>
              A flow becomes a deployment when a program serves it,{" "}
              <code className="font-mono text-xs">await serve(flow)</code>, or when{" "}
              <code className="font-mono text-xs">antiphon deploy</code> registers it. It appears here by
              itself.
            </p>
          </Empty>
        ) : (
          <ul aria-label="Deployments" className="divide-y divide-line">
            {data.deployments.map((deployment) => (
              <DeploymentItem key={deployment.id} deployment={deployment} />
            ))}
          </ul>
        )}
      </div>
    </>
  );
}
