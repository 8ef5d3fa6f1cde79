"use client";

import Link from "next/link";
import type { WorkPoolPageQuery } from "../../../gql/graphql.ts";
import { useFresh } from "../../../lib/graphql/use-fresh.ts";
import { Notice } from "../../../ui/notice.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { DeploymentStatus } from "../../deployments/deployment-status.tsx";
import { EventsPanel } from "../../events/events-panel.tsx";
import type { ResourceEvents } from "../../events/resource-events.ts";
import { poolDocument } from "../documents.ts";
import { JobVariables } from "./job-variables.tsx";
import { PoolHeader } from "./pool-header.tsx";
import { QueuesPanel } from "./queues-panel.tsx";
import { WorkersPanel } from "./workers-panel.tsx";

export type PoolShown = NonNullable<WorkPoolPageQuery["workPool"]>;

interface Props {
  pool: PoolShown;
  initial: WorkPoolPageQuery;
  /** Those about the pool. */
  events: ResourceEvents;
}

/** A work pool's page, live from what the server rendered. */
export function PoolView({ pool: first, initial, events }: Props) {
  const { id } = first;
  const { data, refusal, readAgain } = useFresh({
    document: poolDocument,
    variables: { id },
    initial,
    filter: { events: ["prefect.work-pool.*", "prefect.work-queue.*"] },
    everySeconds: 5,
  });
  const pool = data.workPool ?? first;
  const deployments = data.deployments.filter(({ workPool }) => workPool?.id === id);
  return (
    <div className="flex flex-col gap-6">
      {data.workPool ? null : (
        <Notice look="waiting" alert>
          This work pool was deleted. What it was stays below.
        </Notice>
      )}
      {refusal === null ? null : <Notice look="bad">This page is not live: {refusal}</Notice>}
      <PoolHeader pool={pool} readAgain={readAgain} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-6">
          <QueuesPanel pool={pool} readAgain={readAgain} />
          <WorkersPanel pool={pool} />
          <Panel title="Deployments" flush>
            {deployments.length === 0 ? (
              <p className="px-4 py-6 text-sm text-soft">No deployment is run by this pool.</p>
            ) : (
              <ul aria-label="Deployments" className="divide-y divide-line">
                {deployments.map(({ id, fullName, paused, status, workQueue }) => (
                  <li
                    key={id}
                    className="relative flex items-center gap-3 px-4 py-2 text-[13px] hover:bg-sunk/60"
                  >
                    <Link
                      href={`/deployments/${id}`}
                      prefetch={false}
                      className="row-link min-w-0 flex-1 truncate font-medium"
                    >
                      {fullName}
                    </Link>
                    <span className="truncate text-xs text-faint">{workQueue?.name}</span>
                    <DeploymentStatus paused={paused} status={status} />
                  </li>
                ))}
              </ul>
            )}
          </Panel>
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <Panel title="Job variables">
            <JobVariables schema={pool.variablesSchema} />
          </Panel>
          <EventsPanel resource={`prefect.work-pool.${id}`} initial={events} />
        </div>
      </div>
    </div>
  );
}
