import type { EventFilter } from "../../gql/graphql.ts";

/** What the feed shows, as its address says it. */
export interface EventsSearch {
  /** Names, or prefixes that end in `*`; of any name where there are none. */
  names: string[];
  /** An id, or a prefix that ends in `*`. */
  resource: string | null;
  text: string | null;
  range: Range;
  oldestFirst: boolean;
  after: string | null;
}

/** A length of time that ends now, or two moments in ISO form, of which one may be open. */
export type Range = { last: LastRange } | { from: string | null; to: string | null };
export const lastRanges = ["1h", "24h", "7d"] as const;
export type LastRange = (typeof lastRanges)[number];

const lastRangeMs: Record<LastRange, number> = {
  "1h": 3_600_000,
  "24h": 86_400_000,
  "7d": 7 * 86_400_000,
};

type Params = Record<string, string | string[] | undefined>;

/** Reads the address; what does not make sense in it is left out. */
export function readEventsSearch(params: Params): EventsSearch {
  const all = (name: string) =>
    [params[name] ?? []]
      .flat()
      .map((value) => value.trim())
      .filter((value) => value !== "");
  const text = (name: string) => all(name).at(-1) ?? null;
  const moment = (name: string) => {
    const time = Date.parse(text(name) ?? "");
    return Number.isNaN(time) ? null : new Date(time).toISOString();
  };
  const [from, to] = [moment("from"), moment("to")];
  const last = lastRanges.find((range) => range === text("range")) ?? "24h";
  return {
    names: [...new Set(all("event"))],
    resource: text("resource"),
    text: text("q"),
    range: from === null && to === null ? { last } : { from, to },
    oldestFirst: text("order") === "oldest",
    after: text("after"),
  };
}

/** The address of a search. */
export function eventsHref({ names, resource, text, range, oldestFirst, after }: EventsSearch): string {
  const params = new URLSearchParams();
  for (const name of names) params.append("event", name);
  if (resource !== null) params.set("resource", resource);
  if (text !== null) params.set("q", text);
  if ("last" in range) {
    if (range.last !== "24h") params.set("range", range.last);
  } else {
    if (range.from !== null) params.set("from", range.from);
    if (range.to !== null) params.set("to", range.to);
  }
  if (oldestFirst) params.set("order", "oldest");
  if (after !== null) params.set("after", after);
  return params.size === 0 ? "/events" : `/events?${params}`;
}

/**
 * The same search as the API takes it.
 *
 * @param now milliseconds since 1970
 */
export function eventsFilter(search: Omit<EventsSearch, "after" | "oldestFirst">, now: number): EventFilter {
  const { names, resource, text, range } = search;
  return {
    ...(names.length > 0 ? { events: names } : {}),
    ...(resource === null ? {} : { resource: { "prefect.resource.id": resource } }),
    ...(text === null ? {} : { text }),
    ...rangeFilter(range, now),
  };
}

function rangeFilter(range: Range, now: number): EventFilter {
  if ("last" in range) return { occurredAfter: new Date(now - lastRangeMs[range.last]).toISOString() };
  return {
    ...(range.from === null ? {} : { occurredAfter: range.from }),
    ...(range.to === null ? {} : { occurredBefore: range.to }),
  };
}

/** Whether new events can still come into what the search shows, on top of it. */
export function isLive({ range, oldestFirst, after }: EventsSearch, now: number): boolean {
  const open = "last" in range || range.to === null || Date.parse(range.to) > now;
  return open && !oldestFirst && after === null;
}
