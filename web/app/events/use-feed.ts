"use client";

import { useCallback, useEffect, useState } from "react";
import type { EventFilter, EventsQuery } from "../../gql/graphql.ts";
import { useStream } from "../../lib/graphql/use-stream.ts";
import { eventsArrive } from "./documents.ts";
import { arrive, arrivedItems, type Feed, openFeed, showWaiting } from "./feed.ts";

interface Options {
  initial: EventsQuery["events"];
  filter: EventFilter;
  /** Where the log ended before `initial` was read. */
  head: string | null;
  /** Whether what arrives is shown at once; else it waits. */
  show: boolean;
  onArrival?: () => void;
}

/** A feed, live behind what the server rendered. `reveal` shows what waits. */
export function useFeed({ initial, filter, head, show, onArrival }: Options) {
  const [feed, setFeed] = useState<Feed>(() => openFeed(initial));
  const refusal = useStream({
    document: eventsArrive,
    key: JSON.stringify(filter),
    variables: () => ({ filter, after: head }),
    onItems: (results) => {
      setFeed((before) => arrive(before, arrivedItems(results), show));
      onArrival?.();
    },
  });
  const reveal = useCallback(() => setFeed(showWaiting), []);
  useEffect(() => {
    if (show) reveal();
  }, [show, reveal]);
  return { feed, refusal, reveal };
}
