"use client";

import Link from "next/link";
import { useState } from "react";
import { Notice } from "../../ui/notice.tsx";
import { Panel } from "../../ui/panel.tsx";
import { eventsOf } from "../../ui/resource.ts";
import { EventList } from "./event-list.tsx";
import { besideSize } from "./page-size.ts";
import { type ResourceEvents, resourceFilter } from "./resource-events.ts";
import { useFeed } from "./use-feed.ts";

interface Props {
  resource: string;
  initial: ResourceEvents;
  /** Something has happened to it. */
  onArrival?: () => void;
}

/** What has happened to one resource, live, beside what else a page shows of it. */
export function EventsPanel({ resource, initial, onArrival }: Props) {
  const [filter] = useState(() => resourceFilter(resource));
  const { feed, refusal } = useFeed({
    initial: initial.page,
    filter,
    head: initial.head,
    show: true,
    ...(onArrival === undefined ? {} : { onArrival }),
  });
  return (
    <Panel
      title="Events"
      flush
      aside={
        <Link href={eventsOf(resource)} className="text-[13px] text-soft hover:text-ink hover:underline">
          All in the feed
        </Link>
      }
    >
      {refusal === null ? null : <Notice look="bad">These events are not live: {refusal}</Notice>}
      {feed.items.length === 0 ? (
        <p className="px-4 py-8 text-center text-sm text-soft">No events yet.</p>
      ) : (
        <EventList items={feed.items.slice(0, besideSize)} beside />
      )}
    </Panel>
  );
}
