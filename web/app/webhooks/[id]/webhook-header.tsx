"use client";

import Link from "next/link";
import { useState } from "react";
import { useMutation } from "urql";
import { refusedText } from "../../../lib/graphql/refused.ts";
import { Button, buttonClass } from "../../../ui/button.tsx";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { DeleteDialog } from "../../../ui/delete-dialog.tsx";
import { Fact, Facts } from "../../../ui/fact.tsx";
import { IdLine } from "../../../ui/id-line.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { PageHead } from "../../../ui/page-head.tsx";
import { Ago } from "../../../ui/time.tsx";
import { Toggle } from "../../../ui/toggle.tsx";
import { useShownRouter } from "../../../ui/use-shown-router.ts";
import { Counts } from "../counts.tsx";
import { deleteWebhookDocument, rotateWebhookDocument, rotateWebhookTokenDocument } from "../documents.ts";
import { useEnabled } from "../use-enabled.ts";
import type { WebhookShown } from "./webhook-view.tsx";

interface Props {
  webhook: WebhookShown;
  readAgain: () => Promise<void>;
  /** There is a new token, to be shown this once. */
  onToken: (token: string) => void;
}

const graces = [
  { label: "stops at once", seconds: 0 },
  { label: "works for another hour", seconds: 3_600 },
  { label: "works for another day", seconds: 86_400 },
] as const;

/** What a webhook is called, how it does, and what can be done with it. */
export function WebhookHeader({ webhook, readAgain, onToken }: Props) {
  const router = useShownRouter();
  const { id, name, description, auth, lastReceivedAt } = webhook;
  const enabled = useEnabled(webhook, readAgain);
  const [grace, setGrace] = useState(0);
  const graceSeconds = graces[grace]?.seconds ?? 0;
  const [, rotate] = useMutation(rotateWebhookDocument);
  const [, rotateToken] = useMutation(rotateWebhookTokenDocument);
  const chooseGrace = (
    <label className="mt-3 flex flex-wrap items-center gap-2">
      The old one
      <select
        value={grace}
        onChange={(event) => setGrace(Number(event.target.value))}
        className="control w-auto"
      >
        {graces.map(({ label }, index) => (
          <option key={label} value={index}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <PageHead
      above={[{ href: "/webhooks", name: "Webhooks" }]}
      title={name}
      actions={
        <>
          <span className="text-[13px] text-soft" aria-hidden="true">
            {enabled.on ? "Enabled" : "Disabled"}
          </span>
          <Toggle
            on={enabled.on}
            label={`${name} takes requests`}
            busy={enabled.busy}
            onChange={enabled.turn}
          />
          <Link href={`/webhooks/${id}/edit`} className={buttonClass("plain", "small")}>
            Edit
          </Link>
          <ConfirmDialog
            trigger={<Button size="small">Rotate the URL</Button>}
            title={`Give ${name} a new URL?`}
            action="Rotate the URL"
            look="danger"
            onConfirm={async () => {
              const { data, error } = await rotate({ id, graceSeconds });
              if (data?.rotateWebhook.__typename !== "Webhook")
                return refusedText(data?.rotateWebhook, error);
              await readAgain();
              return null;
            }}
          >
            <p>Whoever calls it must be told the new one. Its template, its rules and its history stay.</p>
            {chooseGrace}
          </ConfirmDialog>
          {auth.type === "BEARER" ? (
            <ConfirmDialog
              trigger={<Button size="small">New token</Button>}
              title={`Make a new token for ${name}?`}
              action="Make a new token"
              look="danger"
              onConfirm={async () => {
                const { data, error } = await rotateToken({ id, graceSeconds });
                const result = data?.rotateWebhookToken;
                if (result?.__typename !== "Webhook") return refusedText(result, error);
                if (result.token != null) onToken(result.token);
                await readAgain();
                return null;
              }}
            >
              <p>It is shown once, for you to give it to the senders.</p>
              {chooseGrace}
            </ConfirmDialog>
          ) : null}
          <DeleteDialog
            name={name}
            kind="webhook"
            document={deleteWebhookDocument}
            variables={{ id }}
            onDeleted={() => router.push("/webhooks")}
          >
            <p>
              <strong className="text-ink">{name}</strong> goes with its deliveries, and its URL works no
              longer. The events that it made stay in the log.
            </p>
          </DeleteDialog>
        </>
      }
    >
      {enabled.refusal === null ? null : (
        <Notice look="bad" alert>
          It stays {webhook.enabled ? "enabled" : "disabled"}: {enabled.refusal}
        </Notice>
      )}
      {description === "" ? null : <p className="max-w-3xl text-sm text-soft">{description}</p>}
      <Facts>
        <Fact name="Requests">
          <Counts webhook={webhook} />
        </Fact>
        <Fact name="Last">{lastReceivedAt ? <Ago at={lastReceivedAt} /> : "never"}</Fact>
        <Fact name="Created">
          <Ago at={webhook.createdAt} />
        </Fact>
        <Fact name="Changed">
          <Ago at={webhook.updatedAt} />
        </Fact>
      </Facts>
      <IdLine id={id} />
    </PageHead>
  );
}
