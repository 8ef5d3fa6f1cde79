"use client";

import { Panel } from "../../../ui/panel.tsx";
import { Delivery } from "./delivery.tsx";
import type { WebhookShown } from "./webhook-view.tsx";

interface Props {
  webhook: WebhookShown;
  readAgain: () => Promise<void>;
}

/** The requests that are kept, and what became of them. */
export function DeliveriesPanel({ webhook, readAgain }: Props) {
  const { deliveries, refusedByMethod, refusedBySize, refusedByRate } = webhook;
  const refused = [
    { count: refusedByMethod, why: "by a method that is not allowed" },
    { count: refusedBySize, why: "too large" },
    { count: refusedByRate, why: "too many at once" },
  ].filter(({ count }) => count > 0);
  return (
    <Panel title="Deliveries" flush aside={<span className="text-xs text-soft">newest first</span>}>
      {deliveries.length === 0 ? (
        <p className="px-4 py-10 text-center text-sm text-soft">
          {refused.length === 0 ? "Nobody has called yet." : "No request was kept yet."} A request appears
          here by itself.
        </p>
      ) : (
        <ol aria-label="Deliveries" className="divide-y divide-line">
          {deliveries.map((delivery) => (
            <Delivery key={delivery.id} delivery={delivery} readAgain={readAgain} />
          ))}
        </ol>
      )}
      {refused.length === 0 ? null : (
        <p className="border-t border-line px-4 py-2.5 text-[13px] text-soft">
          Turned away, and not kept:{" "}
          {refused.map(({ count, why }) => `${count.toLocaleString("en")} ${why}`).join(", ")}.
        </p>
      )}
    </Panel>
  );
}
