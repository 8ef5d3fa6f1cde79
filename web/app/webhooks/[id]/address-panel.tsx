"use client";

import { CopyButton } from "../../../ui/copy-button.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { Moment } from "../../../ui/time.tsx";
import { curlSample } from "../curl-sample.ts";
import type { WebhookShown } from "./webhook-view.tsx";

/** Where requests go, and how one is sent by hand. */
export function AddressPanel({ webhook }: { webhook: WebhookShown }) {
  const { url, formerUntil, enabled } = webhook;
  const curl = curlSample(webhook);
  return (
    <Panel title="Address">
      <div className="flex flex-col gap-3">
        <Line name="URL" text={url} what="the URL" />
        <Line name="Try" text={curl} what="the command" />
        {enabled ? null : (
          <p className="text-[13px] text-waiting-ink">
            It is disabled: whoever calls it is told that there is no such address.
          </p>
        )}
        {formerUntil ? (
          <p className="text-[13px] text-waiting-ink">
            The URL before this one works until <Moment at={formerUntil} />.
          </p>
        ) : null}
      </div>
    </Panel>
  );
}

function Line({ name, text, what }: { name: string; text: string; what: string }) {
  return (
    <div className="flex items-start gap-3 text-[13px]">
      <span className="w-8 shrink-0 pt-1 text-faint">{name}</span>
      <code className="min-w-0 flex-1 rounded-md bg-sunk px-2 py-1 font-mono text-xs leading-relaxed wrap-anywhere">
        {text}
      </code>
      <span>
        <CopyButton text={text} what={what} />
      </span>
    </div>
  );
}
