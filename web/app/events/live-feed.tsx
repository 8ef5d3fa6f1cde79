"use client";

import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import type { EventFilter, EventsQuery } from "../../gql/graphql.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import type { EventCount } from "./bars.ts";
import { DensityChart } from "./density-chart.tsx";
import { EventList } from "./event-list.tsx";
import { NoEvents } from "./no-events.tsx";
import { type EventsSearch, eventsHref } from "./search-params.ts";
import { useDensity } from "./use-density.ts";
import { useFeed } from "./use-feed.ts";

interface Props {
  search: EventsSearch;
  filter: EventFilter;
  head: string | null;
  initial: EventsQuery["events"];
  counts: readonly EventCount[];
}

/** The newest events, live: what arrives comes on top, or waits while somebody reads further down or has paused it. */
export function LiveFeed({ search, filter, head, initial, counts: firstCounts }: Props) {
  const top = useRef<HTMLDivElement>(null);
  const [paused, setPaused] = useState(false);
  const away = useScrolledPast(top);
  const { counts, changed } = useDensity(search, firstCounts);
  const { feed, refusal, reveal } = useFeed({
    initial,
    filter,
    head,
    show: !paused && !away,
    onArrival: changed,
  });
  const showNew = () => {
    reveal();
    top.current?.scrollIntoView({ block: "start" });
  };
  const { waitingCount } = feed;
  return (
    <div className="flex flex-col gap-4">
      <DensityChart counts={counts} search={search} />
      {refusal === null ? null : <Notice look="bad">This feed is not live: {refusal}</Notice>}
      <section aria-label="Feed" className="flex flex-col">
        <div ref={top} className="mb-3 flex min-h-8 items-center gap-3 text-[13px] text-soft">
          <span>
            {paused
              ? "Paused: new events wait"
              : away
                ? "New events wait while you read"
                : "Newest first, as they came in"}
          </span>
          <Button size="small" className="ml-auto" aria-pressed={paused} onClick={() => setPaused(!paused)}>
            {paused ? "Go on" : "Pause"}
          </Button>
        </div>
        <div
          role="status"
          className="pointer-events-none sticky top-26 z-20 sm:top-18 flex h-0 justify-center"
        >
          {waitingCount > 0 ? (
            <Button size="small" look="primary" className="pointer-events-auto shadow-lg" onClick={showNew}>
              {waitingCount.toLocaleString("en")} new {waitingCount === 1 ? "event" : "events"}
            </Button>
          ) : null}
        </div>
        <div className="overflow-hidden rounded-xl border border-line bg-panel shadow-xs">
          {feed.items.length === 0 ? (
            <NoEvents search={search} live more={feed.older !== null} />
          ) : (
            <EventList items={feed.items} />
          )}
        </div>
        {feed.older !== null ? (
          <nav aria-label="Pages" className="mt-3 flex justify-end">
            <Link
              href={eventsHref({ ...search, after: feed.older })}
              className={buttonClass("plain", "small")}
            >
              Older
            </Link>
          </nav>
        ) : null}
      </section>
    </div>
  );
}

/** What the page's head covers at most. */
const headerPx = 90;

/** Whether the page is scrolled so far down that the element has left it on top. */
function useScrolledPast(element: { current: HTMLElement | null }): boolean {
  const [past, setPast] = useState(false);
  useEffect(() => {
    const look = () => {
      if (element.current !== null) setPast(element.current.getBoundingClientRect().bottom < headerPx);
    };
    look();
    addEventListener("scroll", look, { passive: true });
    return () => removeEventListener("scroll", look);
  }, [element]);
  return past;
}
