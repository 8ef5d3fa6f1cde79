import { describe, expect, it } from "vitest";
import { densityOf } from "../../web/app/events/bars.ts";
import {
  arrive,
  arrivedItems,
  type Feed,
  type FeedItem,
  mostShown,
  mostWaiting,
  openFeed,
  showWaiting,
} from "../../web/app/events/feed.ts";
import type { EventRowFragment } from "../../web/gql/graphql.ts";

const event = (position: number): EventRowFragment => ({
  id: `id-${position}`,
  cursor: String(position),
  event: `e.${position}`,
  occurred: "2026-01-01T00:00:00.000Z",
  resource: { "prefect.resource.id": "r" },
  related: [],
});
const arrived = (...positions: number[]): FeedItem[] =>
  arrivedItems(positions.map((position) => ({ events: { __typename: "Event", ...event(position) } })));
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
const keys = ({ items }: Feed) => items.map(({ key }) => key);
const opened = (...positions: number[]) =>
  openFeed({ nodes: positions.map(event), pageInfo: { hasNextPage: false, endCursor: "0" } });

describe("what arrives", () => {
  it("comes on top, the last one first, each event once", () => {
    const feed = arrive(opened(2, 1), arrived(2, 3, 4, 3), true);
    expect(keys(feed)).toEqual(["id-4", "id-3", "id-2", "id-1"]);
    expect(arrive(feed, arrived(4), true)).toBe(feed);
  });

  it("waits, counted, until it is to be shown", () => {
    const feed = arrive(arrive(opened(1), arrived(2), false), arrived(2, 3), false);
    expect(keys(feed)).toEqual(["id-1"]);
    expect(feed.waitingCount).toBe(2);
    expect(keys(showWaiting(feed))).toEqual(["id-3", "id-2", "id-1"]);
    expect(showWaiting(feed)).toMatchObject({ waitingCount: 0, waiting: [], older: null });
  });

  it("leaves a gap where events are gone for good, which is no event", () => {
    const gap = { events: { __typename: "StreamGap" as const, message: "deleted", from: "1", to: "5" } };
    const feed = arrive(opened(1), [...arrivedItems([gap]), ...arrived(6)], false);
    expect(feed.waitingCount).toBe(1);
    expect(showWaiting(feed).items.map(({ kind }) => kind)).toEqual(["event", "gap", "event"]);
  });

  it("pushes the oldest out, which are found behind the last one shown", () => {
    const feed = arrive(opened(1), arrived(...range(2, mostShown + 3)), true);
    expect(feed.items).toHaveLength(mostShown);
    expect(feed.items.at(-1)?.key).toBe("id-3");
    expect(feed.older).toBe("3");
  });

  it("leaves no hole where more waited than is held", () => {
    const all = mostWaiting + 10;
    const feed = arrive(opened(1), arrived(...range(2, all + 2)), false);
    expect(feed.waitingCount).toBe(all);
    const after = showWaiting(feed);
    expect(after.items[0]?.key).toBe(`id-${all + 1}`);
    // One behind the other, and nothing of what lay below the ones that are not held.
    expect(keys(after)).toEqual(range(0, mostShown).map((index) => `id-${all + 1 - index}`));
    expect(after.older).toBe(String(all + 2 - mostShown));
  });
});

it("a page that the search did not fill goes on behind where the search stood", () => {
  expect(openFeed({ nodes: [], pageInfo: { hasNextPage: true, endCursor: "17" } }).older).toBe("17");
});

describe("the bars of the chart", () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
  const count = (index: number, events: number) => ({ count: events, start: at(index), end: at(index + 1) });

  it("lie along the time, the highest one over the whole height", () => {
    const { bars, total, peak } = densityOf([count(0, 0), count(1, 5), count(2, 10), count(3, 1)]);
    expect({ total, peak }).toEqual({ total: 16, peak: 10 });
    expect(bars.map(({ left, width }) => [left, width])).toEqual([
      [0, 0.25],
      [0.25, 0.25],
      [0.5, 0.25],
      [0.75, 0.25],
    ]);
    expect(bars.map(({ height }) => height)).toEqual([0, 0.5, 1, 0.1]);
  });

  it("show one event among thousands", () => {
    expect(densityOf([count(0, 1), count(1, 100_000)]).bars[0]?.height).toBeGreaterThan(0.03);
    expect(densityOf([]).bars).toEqual([]);
  });
});
