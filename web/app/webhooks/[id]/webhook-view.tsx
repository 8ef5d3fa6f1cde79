"use client";

import { useState } from "react";
import type { WebhookPageQuery } from "../../../gql/graphql.ts";
import { useFresh } from "../../../lib/graphql/use-fresh.ts";
import { Button } from "../../../ui/button.tsx";
import { CodeText } from "../../../ui/code-text.tsx";
import { CopyButton } from "../../../ui/copy-button.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { EventsPanel } from "../../events/events-panel.tsx";
import { type ResourceEvents, resourceFilter } from "../../events/resource-events.ts";
import { webhookDocument } from "../documents.ts";
import { TokenOnce } from "../token-once.tsx";
import { AddressPanel } from "./address-panel.tsx";
import { DeliveriesPanel } from "./deliveries-panel.tsx";
import { RulesPanel } from "./rules-panel.tsx";
import { shownDeliveries } from "./sizes.ts";
import { WebhookHeader } from "./webhook-header.tsx";

export type WebhookShown = NonNullable<WebhookPageQuery["webhook"]>;

interface Props {
  webhook: WebhookShown;
  /** Those about the webhook. */
  events: ResourceEvents;
}

/** A webhook's page, live from what the server rendered. */
export function WebhookView({ webhook: initial, events }: Props) {
  const { id } = initial;
  const resource = `prefect.webhook.${id}`;
  const [token, setToken] = useState<string | null>(null);
  const { data, refusal, readAgain } = useFresh({
    document: webhookDocument,
    variables: { id, first: shownDeliveries },
    initial: { webhook: initial },
    filter: resourceFilter(resource),
    // What nobody proved to have sent is no event.
    everySeconds: 15,
  });
  const webhook = data.webhook ?? initial;
  return (
    <div className="flex flex-col gap-6">
      {data.webhook ? null : (
        <Notice look="waiting" alert>
          This webhook was deleted. What it was stays below.
        </Notice>
      )}
      {refusal === null ? null : <Notice look="bad">This page is not live: {refusal}</Notice>}
      <WebhookHeader webhook={webhook} readAgain={readAgain} onToken={setToken} />
      {token === null ? null : (
        <TokenOnce token={token}>
          <Button onClick={() => setToken(null)}>I have it</Button>
        </TokenOnce>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-6">
          <AddressPanel webhook={webhook} />
          <DeliveriesPanel webhook={webhook} readAgain={readAgain} />
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <Panel title="Template" aside={<CopyButton text={webhook.template} what="the template" />}>
            <CodeText label="Template" className="max-h-112 text-[12.5px]">
              {webhook.template}
            </CodeText>
          </Panel>
          <RulesPanel webhook={webhook} />
          <EventsPanel resource={resource} initial={events} />
        </div>
      </div>
    </div>
  );
}
