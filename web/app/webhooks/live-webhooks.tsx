"use client";

import Link from "next/link";
import type { WebhooksQuery } from "../../gql/graphql.ts";
import { useFresh } from "../../lib/graphql/use-fresh.ts";
import { buttonClass } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Notice } from "../../ui/notice.tsx";
import { webhooksDocument } from "./documents.ts";
import { WebhookItem } from "./webhook-item.tsx";

/** The webhooks that the server rendered, kept up to date. */
export function LiveWebhooks({ initial }: { initial: WebhooksQuery }) {
  const { data, refusal, readAgain } = useFresh({
    document: webhooksDocument,
    variables: {},
    initial,
    filter: { events: ["prefect.webhook.*"] },
    everySeconds: 15,
  });
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-xl font-semibold tracking-tight">Webhooks</h1>
        <Link href="/webhooks/new" className={buttonClass("primary")}>
          New webhook
        </Link>
      </div>
      {refusal === null ? null : <Notice look="bad">This list is not live: {refusal}</Notice>}
      <div className="overflow-hidden rounded-xl border border-line bg-panel shadow-xs">
        {data.webhooks.length === 0 ? (
          <Empty title="No webhooks yet">
            <p>
              A webhook is a URL that other systems call. Its template makes each request an event, which
              automations answer like any other.
            </p>
            <Link href="/webhooks/new" className={`${buttonClass("primary")} mt-4`}>
              Make the first one
            </Link>
          </Empty>
        ) : (
          <ul aria-label="Webhooks" className="divide-y divide-line">
            {data.webhooks.map((webhook) => (
              <WebhookItem key={webhook.id} webhook={webhook} readAgain={readAgain} />
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
