"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useClient } from "urql";
import { useConnected } from "../../lib/graphql/use-connected.ts";
import type { EventCount } from "./bars.ts";
import { eventDensity } from "./documents.ts";
import { type EventsSearch, eventsFilter } from "./search-params.ts";

const soonMs = 2_000;

/** The counts of the chart from what the server rendered on; `changed` has them read again soon. */
export function useDensity(search: EventsSearch, initial: readonly EventCount[]) {
  const client = useClient();
  const [counts, setCounts] = useState(initial);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(search);
  latest.current = search;
  const changed = useCallback(() => {
    timer.current ??= setTimeout(async () => {
      const filter = eventsFilter(latest.current, Date.now());
      const { data } = await client.query(eventDensity, { filter }).toPromise();
      timer.current = undefined;
      if (data !== undefined) setCounts(data.eventCounts);
    }, soonMs);
  }, [client]);
  useConnected(changed);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { counts, changed };
}
