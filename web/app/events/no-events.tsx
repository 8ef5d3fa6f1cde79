import Link from "next/link";
import { buttonClass } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import type { EventsSearch } from "./search-params.ts";

interface Props {
  search: EventsSearch;
  live?: boolean;
  /** The search has not come to its end: there may be some on the next page. */
  more: boolean;
}

/** What stands where the feed has nothing to show. */
export function NoEvents({ search, live = false, more }: Props) {
  const { names, resource, text, range } = search;
  if (more)
    return (
      <Empty title="Nothing found yet">
        <p>There are many events to look through. Go on with the next page.</p>
      </Empty>
    );
  if (names.length > 0 || resource !== null || text !== null)
    return (
      <Empty title="No event fits">
        {live ? <p>New ones appear here by themselves.</p> : null}
        <Link href="/events" className={`${buttonClass("plain", "small")} mt-4`}>
          Show all events
        </Link>
      </Empty>
    );
  return (
    <Empty title={"last" in range ? "No events in this time" : "No events in the chosen time"}>
      <p>
        Everything that happens to a run, a deployment or an automation is an event, and so is whatever you
        emit:{" "}
        <code className="font-mono text-xs wrap-anywhere">
          {'await emitEvent({ event: "order.created", resource: { "prefect.resource.id": "order.17" } })'}
        </code>
        {live ? ". It appears here at once." : null}
      </p>
    </Empty>
  );
}
