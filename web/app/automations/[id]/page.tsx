import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { read } from "../../../lib/graphql/server.ts";
import { Panel } from "../../../ui/panel.tsx";
import { EventsPanel } from "../../events/events-panel.tsx";
import { readResourceEvents } from "../../events/read-resource-events.ts";
import { resourceFilter } from "../../events/resource-events.ts";
import { ActionList } from "../action-list.tsx";
import { readDeploymentNames } from "../read-deployment-names.ts";
import { RefreshOnEvents } from "../refresh-on-events.tsx";
import { triggerWords } from "../words.ts";
import { AutomationHeader } from "./automation-header.tsx";
import { DefinitionPanel } from "./definition-panel.tsx";
import { automationDocument } from "./documents.ts";
import { FiringsPanel } from "./firings-panel.tsx";
import { firingsSize } from "./sizes.ts";

// The title and the page are made from one reading.
const readAutomation = cache(async (id: string) => {
  const { automation } = await read(automationDocument, { id, first: firingsSize });
  return automation;
});

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const automation = await readAutomation((await params).id);
  return { title: automation?.name ?? "Automation" };
}

export default async function AutomationPage({ params }: Props) {
  const automation = await readAutomation((await params).id);
  if (automation === null || automation === undefined) notFound();
  const { id } = automation;
  const resource = `prefect.automation.${id}`;
  const [deployments, events] = await Promise.all([readDeploymentNames(), readResourceEvents(resource)]);
  return (
    <div className="flex flex-col gap-6">
      <RefreshOnEvents filter={resourceFilter(resource)} />
      <AutomationHeader automation={automation} deployments={deployments} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-6">
          <Panel title="What it does">
            <p className="text-sm first-letter:uppercase wrap-anywhere">
              {triggerWords(automation.document) ?? "A trigger of a kind of its own"}
            </p>
            <div className="mt-2 text-sm text-soft">
              <ActionList automation={automation} deployments={deployments} />
            </div>
          </Panel>
          <FiringsPanel key={id} id={id} initial={automation.firings} deployments={deployments} />
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <EventsPanel key={id} resource={resource} initial={events} />
          <DefinitionPanel document={automation.document} />
        </div>
      </div>
    </div>
  );
}
