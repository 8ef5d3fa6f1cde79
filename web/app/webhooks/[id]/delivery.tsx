"use client";

import Link from "next/link";
import { type ReactNode, useState } from "react";
import { useMutation } from "urql";
import type { DeliveryPartsFragment } from "../../../gql/graphql.ts";
import { refusedText } from "../../../lib/graphql/refused.ts";
import { Button } from "../../../ui/button.tsx";
import { CodeText } from "../../../ui/code-text.tsx";
import { JsonView } from "../../../ui/json-view.tsx";
import { Ago } from "../../../ui/time.tsx";
import { replayDocument } from "../documents.ts";

interface Props {
  delivery: DeliveryPartsFragment;
  readAgain: () => Promise<void>;
}

/** One request: what came, what the template made of it, what was answered. */
export function Delivery({ delivery, readAgain }: Props) {
  const { id, receivedAt, method, statusCode, error, events, eventIds, replayOf, canReplay } = delivery;
  const [said, setSaid] = useState<string | null>(null);
  const [{ fetching }, replay] = useMutation(replayDocument);
  const taken = statusCode < 300;
  const repeat = async () => {
    setSaid(null);
    const { data, error } = await replay({ id });
    const result = data?.replayWebhookDelivery;
    if (result?.__typename !== "WebhookDelivery") return setSaid(refusedText(result, error));
    await readAgain();
    setSaid(
      result.statusCode < 300
        ? "Replayed: it was accepted."
        : `Replayed: ${result.error ?? result.statusCode}`,
    );
  };
  return (
    <li id={id} className="flex flex-col gap-1.5 px-4 py-2.5 text-[13px] target:bg-accent/8">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span
          className={`w-10 rounded px-1.5 py-0.5 text-center text-xs font-medium tabular-nums ${taken ? "bg-good/15 text-good-ink" : "bg-bad/12 text-bad-ink"}`}
        >
          {statusCode}
        </span>
        <span className="w-14 font-mono text-xs">{method}</span>
        <span className="flex min-w-0 flex-1 basis-28 flex-wrap gap-x-2">
          {events.map(({ id: eventId, event }) => (
            <Link key={eventId} href={`/events/${eventId}`} prefetch={false} className="truncate text-link">
              {event}
            </Link>
          ))}
          {events.length === 0 && eventIds.length > 0 ? (
            <span className="text-faint">its event is not kept any more</span>
          ) : null}
          {replayOf ? (
            <a href={`#${replayOf}`} className="text-xs text-faint hover:underline">
              replayed
            </a>
          ) : null}
        </span>
        <span className="ml-auto flex items-center gap-3 text-xs text-soft">
          <Ago at={receivedAt} />
          <Button
            size="small"
            look="quiet"
            busy={fetching}
            disabled={!canReplay || fetching}
            title={
              canReplay ? "Take it again, with the template as it is now" : "Nobody proved to have sent it"
            }
            onClick={repeat}
          >
            Replay
          </Button>
        </span>
      </div>
      {error == null ? null : <p className="wrap-anywhere text-bad-ink">{error}</p>}
      <p role="status" className="text-xs text-soft empty:hidden">
        {said}
      </p>
      <details>
        <summary className="w-fit text-xs text-soft hover:text-ink">Request and result</summary>
        <Request delivery={delivery} />
      </details>
    </li>
  );
}

function Request({
  delivery: { query, headers, body, bytes, rendered },
}: {
  delivery: DeliveryPartsFragment;
}) {
  const shown = new TextEncoder().encode(body).length;
  return (
    <div className="mt-2 flex flex-col gap-3 border-l border-line pl-4">
      {query === "" ? null : (
        <Part name="Query">
          <Text label="Query" text={query} />
        </Part>
      )}
      <Part name="Headers">
        <JsonView value={headers} />
      </Part>
      <Part name={`Body, ${bytes.toLocaleString("en")} bytes`}>
        {body === "" ? (
          <p className="text-xs text-faint">{bytes === 0 ? "None." : "Not shown."}</p>
        ) : (
          <Text label="Body" text={body} />
        )}
        {body !== "" && shown < bytes ? <p className="text-xs text-faint">The rest is not shown.</p> : null}
      </Part>
      <Part name="What the template made">
        {rendered == null ? (
          <p className="text-xs text-faint">It did not come so far.</p>
        ) : (
          <Text label="What the template made" text={rendered} />
        )}
      </Part>
    </div>
  );
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section aria-label={name} className="flex flex-col gap-1">
      <h3 className="text-xs text-faint">{name}</h3>
      {children}
    </section>
  );
}

function Text({ label, text }: { label: string; text: string }) {
  return (
    <CodeText label={label} className="max-h-72 rounded-lg bg-sunk p-2.5 text-xs">
      {text}
    </CodeText>
  );
}
