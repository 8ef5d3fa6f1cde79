import type { Metadata } from "next";
import { read } from "../../lib/graphql/server.ts";
import { Notice } from "../../ui/notice.tsx";
import { eventDensity, eventNames, eventsDocument } from "./documents.ts";
import { Filters } from "./filters.tsx";
import { LiveFeed } from "./live-feed.tsx";
import { pageSize } from "./page-size.ts";
import { readHead } from "./read-head.ts";
import { type EventsSearch, eventsFilter, eventsHref, isLive, readEventsSearch } from "./search-params.ts";
import { StoredFeed } from "./stored-feed.tsx";

export const metadata: Metadata = { title: "Events" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function EventsPage({ searchParams }: Props) {
  const search = readEventsSearch(await searchParams);
  const found = await find(search);
  return (
    <div className="flex flex-col gap-5">
      <h1 className="text-xl font-semibold tracking-tight">Events</h1>
      <Filters search={search} names={found.names} />
      {"refusal" in found ? (
        <Notice look="bad" alert>
          {found.refusal}
        </Notice>
      ) : found.live ? (
        <LiveFeed key={eventsHref(search)} search={search} {...found} />
      ) : (
        <StoredFeed search={search} page={found.initial} counts={found.counts} />
      )}
    </div>
  );
}

async function find(search: EventsSearch) {
  const now = Date.now();
  const filter = eventsFilter(search, now);
  try {
    const head = await readHead();
    const [{ events }, { eventCounts: counts }, { eventCounts: names }] = await Promise.all([
      read(eventsDocument, { filter, first: pageSize, after: search.after, ascending: search.oldestFirst }),
      read(eventDensity, { filter }),
      read(eventNames, { filter: eventsFilter({ ...search, names: [] }, now) }),
    ]);
    return { live: isLive(search, now), filter, head, initial: events, counts, names };
  } catch (error) {
    // A filter that the API does not take is a mistake in the address: it is said beside the fields that it came from.
    return { refusal: error instanceof Error ? error.message : String(error), names: [] };
  }
}
