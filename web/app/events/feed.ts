import type { EventRowFragment, EventsArriveSubscription, EventsQuery } from "../../gql/graphql.ts";

/** What a feed shows, newest first, and what waits to be shown above it. */
export interface Feed {
  items: readonly FeedItem[];
  waiting: readonly FeedItem[];
  /** How many events wait, also those that are not held any more. */
  waitingCount: number;
  /** The cursor behind which there are older events than the shown ones; null where there are none. */
  older: string | null;
}

/** An event, or a place where events are gone for good. */
export type FeedItem =
  | { kind: "event"; key: string; event: EventRowFragment }
  | { kind: "gap"; key: string; message: string };

/** The most items shown while nobody looks further down. */
export const mostShown = 200;
/** The most items held while they wait; of more, the oldest are read again when somebody pages to them. */
export const mostWaiting = 500;

/** @param page as the API gives it, newest first; it may hold less than was found, and the search goes on behind its end */
export function openFeed({ nodes, pageInfo }: EventsQuery["events"]): Feed {
  const older = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null;
  return { items: nodes.map(eventItem), waiting: [], waitingCount: 0, older };
}

/** What a subscription brought, in its order, oldest first. */
export function arrivedItems(results: readonly EventsArriveSubscription[]): FeedItem[] {
  return results.map(({ events: item }) =>
    item.__typename === "Event"
      ? eventItem(item)
      : { kind: "gap", key: `gap ${item.from}`, message: item.message },
  );
}

/**
 * The feed after items arrived, oldest first; one that it has already counts once.
 *
 * @param show whether they are shown at once; else they wait
 */
export function arrive(feed: Feed, arrived: readonly FeedItem[], show: boolean): Feed {
  const known = new Set([...feed.items, ...feed.waiting].map(({ key }) => key));
  const fresh: FeedItem[] = [];
  for (const item of arrived) {
    if (known.has(item.key)) continue;
    known.add(item.key);
    fresh.push(item);
  }
  if (fresh.length === 0) return feed;
  const events = fresh.filter(({ kind }) => kind === "event").length;
  const next = {
    ...feed,
    waiting: [...fresh.reverse(), ...feed.waiting].slice(0, mostWaiting),
    waitingCount: feed.waitingCount + events,
  };
  return show ? showWaiting(next) : next;
}

/** The feed with what waited on top. Where more came than is held, what lies below it is let go: it would not follow on. */
export function showWaiting(feed: Feed): Feed {
  const held = feed.waiting.filter(({ kind }) => kind === "event").length;
  const all = held < feed.waitingCount ? feed.waiting : [...feed.waiting, ...feed.items];
  const items = all.slice(0, mostShown);
  const whole = items.length === all.length && held === feed.waitingCount;
  return { items, waiting: [], waitingCount: 0, older: whole ? feed.older : lastCursor(items) };
}

function lastCursor(items: readonly FeedItem[]): string | null {
  const last = items.findLast((item) => item.kind === "event");
  return last?.kind === "event" ? last.event.cursor : null;
}

function eventItem(event: EventRowFragment): FeedItem {
  return { kind: "event", key: event.id, event };
}
