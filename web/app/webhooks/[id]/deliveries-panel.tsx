"use client";

import { Panel } from "../../../ui/panel.tsx";
import { Delivery } from "./delivery.tsx";
import type { WebhookShown } from "./webhook-view.tsx";

interface Props {
  webhook: WebhookShown;
  readAgain: () => Promise<void>;
}

/** The requests that are kept, and what became of them. */
export function DeliveriesPanel({ webhook: { deliveries }, readAgain }: Props) {
  return (
    <Panel title="Deliveries" flush aside={<span className="text-xs text-soft">newest first</span>}>
      {deliveries.length === 0 ? (
        <p className="px-4 py-10 text-center text-sm text-soft">
          Nobody has called yet. A request appears here by itself.
        </p>
      ) : (
        <ol aria-label="Deliveries" className="divide-y divide-line">
          {deliveries.map((delivery) => (
            <Delivery key={delivery.id} delivery={delivery} readAgain={readAgain} />
          ))}
        </ol>
      )}
    </Panel>
  );
}
