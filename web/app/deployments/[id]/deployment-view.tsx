"use client";

import type { DeploymentPageQuery } from "../../../gql/graphql.ts";
import { useFresh } from "../../../lib/graphql/use-fresh.ts";
import { useStream } from "../../../lib/graphql/use-stream.ts";
import { JsonView } from "../../../ui/json-view.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { EventsPanel } from "../../events/events-panel.tsx";
import { type ResourceEvents, resourceFilter } from "../../events/resource-events.ts";
import { ownParameters } from "../start-of-run.ts";
import { ConfigurationPanel } from "./configuration-panel.tsx";
import { DeploymentHeader } from "./deployment-header.tsx";
import { deploymentDocument, deploymentRunsUpdated } from "./documents.ts";
import { RunsPanel } from "./runs-panel.tsx";
import { SchedulesPanel } from "./schedules-panel.tsx";
import { TriggersPanel } from "./triggers-panel.tsx";

export type DeploymentShown = NonNullable<DeploymentPageQuery["deployment"]>;

interface Props {
  deployment: DeploymentShown;
  /** Those about the deployment. */
  events: ResourceEvents;
}

/** A deployment's page, live from what the server rendered. */
export function DeploymentView({ deployment: initial, events }: Props) {
  const { id } = initial;
  const resource = `prefect.deployment.${id}`;
  const { data, refusal, readAgain, soon } = useFresh({
    document: deploymentDocument,
    variables: { id },
    initial: { deployment: initial },
    filter: resourceFilter(resource),
    everySeconds: 15,
  });
  const runsRefusal = useStream({
    document: deploymentRunsUpdated,
    key: id,
    variables: () => ({ id }),
    onItems: soon,
  });
  const deployment = data.deployment ?? initial;
  const parameters = ownParameters(deployment);
  return (
    <div className="flex flex-col gap-6">
      {data.deployment ? null : (
        <Notice look="waiting" alert>
          This deployment was deleted. What it was stays below.
        </Notice>
      )}
      {(refusal ?? runsRefusal) === null ? null : (
        <Notice look="bad">This page is not live: {refusal ?? runsRefusal}</Notice>
      )}
      <DeploymentHeader deployment={deployment} readAgain={readAgain} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-6">
          <SchedulesPanel deployment={deployment} readAgain={readAgain} />
          <RunsPanel deployment={deployment} />
          <TriggersPanel deployment={deployment} />
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <ConfigurationPanel deployment={deployment} />
          <Panel title="Parameters">
            {Object.keys(parameters).length === 0 ? (
              <p className="text-sm text-soft">Its runs are given nothing where nobody says what.</p>
            ) : (
              <JsonView value={parameters} />
            )}
          </Panel>
          <EventsPanel resource={resource} initial={events} />
        </div>
      </div>
    </div>
  );
}
