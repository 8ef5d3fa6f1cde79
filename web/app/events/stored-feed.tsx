import Link from "next/link";
import type { EventsQuery } from "../../gql/graphql.ts";
import { buttonClass } from "../../ui/button.tsx";
import type { EventCount } from "./bars.ts";
import { DensityChart } from "./density-chart.tsx";
import { EventList } from "./event-list.tsx";
import { openFeed } from "./feed.ts";
import { NoEvents } from "./no-events.tsx";
import { type EventsSearch, eventsHref } from "./search-params.ts";

interface Props {
  search: EventsSearch;
  page: EventsQuery["events"];
  counts: readonly EventCount[];
}

/** A page of events into which no new ones come: an older page, a time that is over, or the oldest first. */
export function StoredFeed({ search, page, counts }: Props) {
  const { nodes, pageInfo } = page;
  const beginning = eventsHref({ ...search, after: null });
  return (
    <div className="flex flex-col gap-4">
      <DensityChart counts={counts} search={search} />
      <section aria-label="Feed" className="flex flex-col gap-3">
        <p className="flex min-h-8 items-center text-[13px] text-soft">
          {search.oldestFirst ? "Oldest first" : "Newest first"}; this page does not change by itself
        </p>
        <div className="overflow-hidden rounded-xl border border-line bg-panel shadow-xs">
          {nodes.length === 0 ? (
            <NoEvents search={search} more={pageInfo.hasNextPage} />
          ) : (
            <EventList items={openFeed(page).items} />
          )}
        </div>
        <nav aria-label="Pages" className="flex justify-end gap-2">
          {search.after === null ? null : (
            <Link href={beginning} className={buttonClass("plain", "small")}>
              {search.oldestFirst ? "Oldest" : "Newest"}
            </Link>
          )}
          {pageInfo.hasNextPage ? (
            <Link
              href={eventsHref({ ...search, after: pageInfo.endCursor ?? null })}
              className={buttonClass("plain", "small")}
            >
              {search.oldestFirst ? "Newer" : "Older"}
            </Link>
          ) : null}
        </nav>
      </section>
    </div>
  );
}
