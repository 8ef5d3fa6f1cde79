import Link from "next/link";
import type { ReactNode } from "react";
import type { EventPageQuery } from "../../../gql/graphql.ts";
import { buttonClass } from "../../../ui/button.tsx";
import { CopyButton } from "../../../ui/copy-button.tsx";
import { Fact, Facts } from "../../../ui/fact.tsx";
import { IdLine } from "../../../ui/id-line.tsx";
import { JsonView } from "../../../ui/json-view.tsx";
import { PageHead } from "../../../ui/page-head.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { ResourceLink } from "../../../ui/resource-link.tsx";
import { Ago, Moment } from "../../../ui/time.tsx";
import { eventTone } from "../tone.ts";
import { LabelTable } from "./label-table.tsx";
import { PayloadTree } from "./payload-tree.tsx";

type Event = NonNullable<EventPageQuery["event"]>;

interface Props {
  event: Event;
  /** Above the event as JSON. */
  children?: ReactNode;
}

/** All that an event says. */
export function EventView({ event, children }: Props) {
  const raw = rawEvent(event);
  return (
    <div className="flex flex-col gap-6">
      <Header event={event} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-6">
          <Panel title="Resource" flush>
            <div className="py-1.5">
              <LabelTable labels={event.resource} />
            </div>
          </Panel>
          <Panel title="Related" flush>
            {event.related.length === 0 ? (
              <p className="p-4 text-sm text-soft">It is related to nothing else.</p>
            ) : (
              <ul className="divide-y divide-line">
                {event.related.map((labels, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a resource may be related twice, and the list of an event never changes
                  <li key={index} className="py-1.5">
                    <LabelTable labels={labels} />
                  </li>
                ))}
              </ul>
            )}
          </Panel>
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <Panel title="Payload">
            <PayloadTree value={event.payload} />
          </Panel>
          {children}
          <Panel title="As JSON" aside={<CopyButton text={JSON.stringify(raw, null, 2)} what="the JSON" />}>
            <details>
              <summary className="text-[13px] text-soft hover:text-ink">Show it</summary>
              <JsonView value={raw} className="mt-3" />
            </details>
          </Panel>
        </div>
      </div>
    </div>
  );
}

function Header({ event }: { event: Event }) {
  return (
    <PageHead
      above={[{ href: "/events", name: "Events" }]}
      title={event.event}
      mark={<span className={`size-3 shrink-0 rounded-full ${eventTone(event.event)}`} aria-hidden="true" />}
      beside={
        <Link
          href={`/events?${new URLSearchParams({ event: event.event, range: "7d" })}`}
          prefetch={false}
          className="text-[13px] text-soft hover:text-ink hover:underline"
        >
          all of this name
        </Link>
      }
      actions={
        <Link
          href={`/automations/new?event=${event.id}`}
          prefetch={false}
          className={buttonClass("plain", "small")}
        >
          Automate
        </Link>
      }
    >
      <Facts>
        <Fact name="About">
          <ResourceLink labels={event.resource} className="text-link" />
        </Fact>
        <Fact name="Occurred">
          <Moment at={event.occurred} />{" "}
          <span className="text-faint">
            (<Ago at={event.occurred} />)
          </span>
        </Fact>
        <Fact name="Received">
          <Moment at={event.received} />
        </Fact>
        {event.follows ? (
          <Fact name="Follows">
            <Link href={`/events/${event.follows}`} prefetch={false} className="font-mono text-xs text-link">
              {event.follows}
            </Link>
          </Fact>
        ) : null}
      </Facts>
      <IdLine id={event.id} />
    </PageHead>
  );
}

/** The event as the API has it, without what belongs to the asking. */
function rawEvent({ id, event, occurred, received, resource, related, payload, follows }: Event) {
  return { id, event, occurred, received, resource, related, payload, follows: follows ?? null };
}
