"use client";

import Link from "next/link";
import { useState } from "react";
import { useClient } from "urql";
import type { Json } from "../../../../core/json.ts";
import type { BacktestQuery } from "../../../gql/graphql.ts";
import { refusedText } from "../../../lib/graphql/refused.ts";
import { Button } from "../../../ui/button.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { Moment } from "../../../ui/time.tsx";
import { backtestDocument } from "./documents.ts";

const ranges = [
  { hours: 1, said: "the last hour" },
  { hours: 24, said: "the last 24 hours" },
  { hours: 7 * 24, said: "the last 7 days" },
] as const;
type Span = (typeof ranges)[number];

/** Firings that are shown; the others are counted. */
const mostShown = 20;

type Backtest = Extract<BacktestQuery["backtest"], { __typename: "Backtest" }>;
type Outcome = { span: Span; trigger: Json } & ({ found: Backtest } | { refusal: string });

/** Lets a trigger watch the stored events again. Nothing is stored, and nothing is done. */
export function BacktestPanel({ trigger }: { trigger: Json | undefined }) {
  const client = useClient();
  const [span, setSpan] = useState<Span>(ranges[1]);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const ask = async () => {
    if (trigger === undefined) return;
    setBusy(true);
    const now = Date.now();
    const { data, error } = await client
      .query(backtestDocument, {
        document: trigger,
        start: new Date(now - span.hours * 3_600_000).toISOString(),
        until: new Date(now).toISOString(),
      })
      .toPromise();
    const result = data?.backtest;
    setOutcome(
      result?.__typename === "Backtest"
        ? { span, trigger, found: result }
        : { span, trigger, refusal: refusedText(result, error) },
    );
    setBusy(false);
  };
  return (
    <Panel title="Would it have fired?">
      <div className="flex flex-wrap gap-2">
        <select
          aria-label="Time"
          value={span.hours}
          onChange={({ target }) =>
            setSpan(ranges.find(({ hours }) => String(hours) === target.value) ?? span)
          }
          className="control w-auto min-w-0 flex-1"
        >
          {ranges.map(({ hours, said }) => (
            <option key={hours} value={hours}>
              in {said}
            </option>
          ))}
        </select>
        <Button busy={busy} disabled={busy || trigger === undefined} onClick={ask}>
          Try it
        </Button>
      </div>
      <div role="status" className="text-sm">
        {outcome === null ? (
          <p className="mt-3 text-[13px] text-soft">
            Lets the trigger watch the stored events again. Nothing is done.
          </p>
        ) : "refusal" in outcome ? (
          <p className="mt-3 text-bad-ink">{outcome.refusal}</p>
        ) : (
          <Found {...outcome.found} span={outcome.span} stale={outcome.trigger !== trigger} />
        )}
      </div>
    </Panel>
  );
}

function Found({
  firings,
  matchedEvents,
  evaluatedEvents,
  span,
  stale,
}: Backtest & { span: Span; stale: boolean }) {
  const times = firings.length === 1 ? "once" : `${firings.length.toLocaleString("en")} times`;
  const shown = firings.slice(-mostShown).reverse();
  return (
    <div className={`mt-3 flex flex-col gap-2 ${stale ? "opacity-60" : ""}`}>
      <p>
        It would {firings.length === 0 ? "not have fired" : <strong>have fired {times}</strong>} in{" "}
        {span.said}.
      </p>
      <p className="text-xs text-soft">
        {matchedEvents.toLocaleString("en")} of {evaluatedEvents.toLocaleString("en")} events concern it.
        {stale ? " The trigger has been changed since." : null}
      </p>
      {shown.length === 0 ? null : (
        <ol aria-label="Firings" className="flex max-h-72 flex-col gap-1.5 overflow-y-auto text-[13px]">
          {shown.map(({ triggered, triggeringEventId, triggeringLabels, state }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list of one answer never changes
            <li key={index} className="flex flex-wrap gap-x-2">
              {triggeringEventId ? (
                <Link
                  href={`/events/${triggeringEventId}`}
                  target="_blank"
                  prefetch={false}
                  className="text-link"
                >
                  <Moment at={triggered} />
                </Link>
              ) : (
                <Moment at={triggered} />
              )}
              {state === "RESOLVED" ? <span className="text-good-ink">resolved</span> : null}
              <span className="min-w-0 truncate text-soft">{Object.values(triggeringLabels).join(", ")}</span>
            </li>
          ))}
        </ol>
      )}
      {firings.length > shown.length ? (
        <p className="text-xs text-faint">The last {shown.length} are shown.</p>
      ) : null}
    </div>
  );
}
