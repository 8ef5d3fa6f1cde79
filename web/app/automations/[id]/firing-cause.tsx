import Link from "next/link";
import type { FiringPartsFragment } from "../../../gql/graphql.ts";

interface CauseProps {
  firing: Pick<FiringPartsFragment, "causedByClock"> & {
    readonly triggeringEvent?: { readonly id: string; readonly event: string } | null;
  };
}

/** What made it fire, with a link to the event. */
export function FiringCause({ firing: { causedByClock, triggeringEvent } }: CauseProps) {
  if (triggeringEvent)
    return (
      <>
        {causedByClock ? "by the clock, after " : "by "}
        <EventLink id={triggeringEvent.id} event={triggeringEvent.event} />
      </>
    );
  return causedByClock ? "by the clock: its time ran out" : "by an event that is not kept any more";
}

export function EventLink({ id, event }: { id: string; event: string }) {
  return (
    <Link href={`/events/${id}`} prefetch={false} className="wrap-anywhere text-link">
      {event}
    </Link>
  );
}

/** What a firing is for: its labels. */
export function FiringLabels({ labels }: { labels: Record<string, string> }) {
  const entries = Object.entries(labels);
  if (entries.length === 0) return null;
  return (
    <dl aria-label="For" className="flex flex-wrap gap-1">
      {entries.map(([label, value]) => (
        <div key={label} className="flex max-w-full gap-1.5 rounded bg-sunk px-1.5 py-0.5 text-xs">
          <dt className="shrink-0 text-faint">{label}</dt>
          <dd className="min-w-0 truncate" title={value}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
