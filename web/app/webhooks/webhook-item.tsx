"use client";

import Link from "next/link";
import type { WebhookPartsFragment } from "../../gql/graphql.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Ago } from "../../ui/time.tsx";
import { Toggle } from "../../ui/toggle.tsx";
import { authTypes } from "./auth-words.ts";
import { Counts } from "./counts.tsx";
import { useEnabled } from "./use-enabled.ts";

interface Props {
  webhook: WebhookPartsFragment;
  readAgain: () => Promise<void>;
}

/** One webhook of the list. */
export function WebhookItem({ webhook, readAgain }: Props) {
  const { id, name, description, auth, url, lastReceivedAt } = webhook;
  const enabled = useEnabled(webhook, readAgain);
  return (
    <li className="relative flex flex-col gap-2 px-4 py-3 focus-within:bg-sunk/60 hover:bg-sunk/60">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-1 basis-72 flex-col gap-0.5">
          <h2 className="min-w-0 text-sm font-medium wrap-anywhere">
            <Link href={`/webhooks/${id}`} prefetch={false} className="row-link">
              {name}
            </Link>
          </h2>
          {description === "" ? null : <p className="line-clamp-2 text-[13px] text-soft">{description}</p>}
          <p className="flex min-w-0 items-center gap-1 text-xs text-faint">
            <span className="truncate font-mono">{url}</span>
            <span className="relative shrink-0">
              <CopyButton text={url} what={`the URL of ${name}`} />
            </span>
          </p>
        </div>
        <div className="flex w-full flex-wrap items-center gap-x-4 gap-y-1 text-xs text-soft sm:w-auto">
          <span className="sm:w-30">
            {auth.type === "NONE" ? "no proof asked" : authTypes[auth.type].name}
          </span>
          <span className="sm:w-36">
            <Counts webhook={webhook} />
          </span>
          <span className="sm:w-24 sm:text-right">
            {lastReceivedAt ? <Ago at={lastReceivedAt} /> : <span className="text-faint">never called</span>}
          </span>
          <span className="relative ml-auto">
            <Toggle
              on={enabled.on}
              label={`${name} takes requests`}
              busy={enabled.busy}
              onChange={enabled.turn}
            />
          </span>
        </div>
      </div>
      {enabled.refusal === null ? null : (
        <Notice look="bad" alert>
          {name} stays {webhook.enabled ? "enabled" : "disabled"}: {enabled.refusal}
        </Notice>
      )}
    </li>
  );
}
