"use client";

import Link from "next/link";
import { type KeyboardEvent, memo } from "react";
import type { EventRowFragment } from "../../gql/graphql.ts";
import { DottedName } from "../../ui/dotted-name.tsx";
import { LinkPending } from "../../ui/link-pending.tsx";
import { ResourceLink } from "../../ui/resource-link.tsx";
import { Ago, Moment } from "../../ui/time.tsx";
import type { FeedItem } from "./feed.ts";
import { eventTone } from "./tone.ts";

const mostRelated = 4;

interface Props {
  items: readonly FeedItem[];
  /** Beside something else: narrow rows, without what the events are related to. */
  beside?: boolean;
}

/** Events, one a row; a row leads to its event. The arrow keys go from row to row. */
export function EventList({ items, beside = false }: Props) {
  return (
    <ol aria-label="Events" onKeyDown={goWithArrows} className="divide-y divide-line">
      {items.map((item) =>
        item.kind === "gap" ? (
          <li key={item.key} role="alert" className="bg-waiting/10 px-4 py-2.5 text-[13px] text-waiting-ink">
            Events are missing here: {item.message}
          </li>
        ) : beside ? (
          <NarrowRow key={item.key} event={item.event} />
        ) : (
          <Row key={item.key} event={item.event} />
        ),
      )}
    </ol>
  );
}

const Row = memo(function Row({ event }: { event: EventRowFragment }) {
  return (
    <li className="relative grid grid-cols-[minmax(0,1fr)] gap-x-4 gap-y-1 px-4 py-2.5 focus-within:bg-sunk/60 hover:bg-sunk/60 sm:grid-cols-[11rem_minmax(0,1fr)] lg:grid-cols-[11rem_minmax(0,1.1fr)_minmax(0,1fr)]">
      <span className="text-xs leading-5 text-soft">
        <Moment at={event.occurred} />
      </span>
      <div className="flex min-w-0 flex-col gap-1">
        <Name event={event} />
        <ResourceLink labels={event.resource} className="w-fit max-w-full text-xs text-soft" />
      </div>
      <Related related={event.related} />
    </li>
  );
});

const NarrowRow = memo(function NarrowRow({ event }: { event: EventRowFragment }) {
  return (
    <li className="relative flex items-baseline gap-3 px-4 py-2 focus-within:bg-sunk/60 hover:bg-sunk/60">
      <span className="min-w-0 flex-1">
        <Name event={event} small />
      </span>
      <span className="shrink-0 text-xs text-faint">
        <Ago at={event.occurred} />
      </span>
    </li>
  );
});

function Name({ event, small = false }: { event: EventRowFragment; small?: boolean }) {
  return (
    <Link
      href={`/events/${event.id}`}
      prefetch={false}
      className={`row-link flex min-w-0 items-baseline gap-2 leading-5 ${small ? "text-[13px]" : "text-sm font-medium"}`}
    >
      <span
        className={`size-2 shrink-0 -translate-y-px rounded-full ${eventTone(event.event)}`}
        aria-hidden="true"
      />
      <DottedName name={event.event} />
      <LinkPending />
    </Link>
  );
}

function Related({ related }: { related: readonly Record<string, string>[] }) {
  if (related.length === 0) return <span className="hidden lg:block" />;
  const more = related.length - mostRelated;
  return (
    <ul
      aria-label="Related"
      className="flex min-w-0 flex-wrap gap-1 self-start sm:col-start-2 lg:col-start-3 lg:justify-end"
    >
      {related.slice(0, mostRelated).map((labels, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a resource may be related twice, and the list of an event never changes
        <li key={index} className="flex max-w-56 rounded bg-sunk px-1.5 py-0.5 text-[11px] text-soft">
          <ResourceLink labels={labels} />
        </li>
      ))}
      {more > 0 ? <li className="px-1 py-0.5 text-[11px] text-faint">and {more} more</li> : null}
    </ul>
  );
}

function goWithArrows(event: KeyboardEvent<HTMLOListElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>(".row-link")];
  const at = rows.findIndex((row) => row.closest("li")?.contains(document.activeElement));
  const next = rows[at + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
