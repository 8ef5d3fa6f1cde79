"use client";

import type { AutomationPageQuery, ShownAutomationFragment } from "../../../gql/graphql.ts";
import { useFresh } from "../../../lib/graphql/use-fresh.ts";
import { Notice } from "../../../ui/notice.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { EventsPanel } from "../../events/events-panel.tsx";
import { type ResourceEvents, resourceFilter } from "../../events/resource-events.ts";
import { ActionList } from "../action-list.tsx";
import { namesOf } from "../names.ts";
import { triggerWords } from "../words.ts";
import { AutomationHeader } from "./automation-header.tsx";
import { DefinitionPanel } from "./definition-panel.tsx";
import { automationNow } from "./documents.ts";
import { FiringsPanel } from "./firings-panel.tsx";
import { WhyPanel } from "./why-panel.tsx";

interface Props {
  automation: ShownAutomationFragment;
  named: Omit<AutomationPageQuery, "automation">;
  firings: NonNullable<AutomationPageQuery["automation"]>["firings"];
  /** Those about the automation. */
  events: ResourceEvents;
}

/** An automation's page, live from what the server rendered. */
export function AutomationView({ automation: initial, named, firings, events }: Props) {
  const { id } = initial;
  const resource = `prefect.automation.${id}`;
  const { data, refusal, readAgain } = useFresh({
    document: automationNow,
    variables: { id },
    initial: { automation: initial, ...named },
    filter: resourceFilter(resource),
  });
  const automation = data.automation ?? initial;
  const names = namesOf(data);
  return (
    <div className="flex flex-col gap-6">
      {data.automation ? null : (
        <Notice look="waiting" alert>
          This automation was deleted. What it has done stays below.
        </Notice>
      )}
      {refusal === null ? null : <Notice look="bad">This page is not live: {refusal}</Notice>}
      <AutomationHeader automation={automation} names={names} readAgain={readAgain} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-6">
          <Panel title="What it does">
            <p className="text-sm first-letter:uppercase wrap-anywhere">
              {triggerWords(automation.document) ?? "A trigger of a kind of its own"}
            </p>
            <div className="mt-2 text-sm text-soft">
              <ActionList automation={automation} names={names} />
            </div>
          </Panel>
          <FiringsPanel id={id} initial={firings} names={names} />
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <EventsPanel resource={resource} initial={events} />
          <WhyPanel id={id} />
          <DefinitionPanel document={automation.document} />
        </div>
      </div>
    </div>
  );
}
