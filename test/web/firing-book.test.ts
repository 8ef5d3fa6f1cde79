import { expect, it } from "vitest";
import {
  mostFirings,
  openFiringBook,
  unfinishedFirings,
  withArrived,
  withOlder,
  withRead,
} from "../../web/app/automations/[id]/firing-book.ts";
import type { ActionRunStatus, FiringPartsFragment } from "../../web/gql/graphql.ts";

function firing(position: number, status: ActionRunStatus = "SUCCEEDED", second = 0): FiringPartsFragment {
  return {
    id: `f${position}`,
    cursor: String(position),
    state: "TRIGGERED",
    triggered: "2026-01-01T00:00:00.000Z",
    firedAt: "2026-01-01T00:00:00.000Z",
    causedByClock: false,
    triggeringLabels: {},
    triggeringEvent: null,
    countedEvents: [],
    memberFirings: [],
    metricValue: null,
    actionRuns: [
      {
        id: `a${position}`,
        action: { type: "do-nothing", settings: {} },
        status,
        attempts: 1,
        nextAttemptAt: null,
        error: null,
        result: null,
        discardedAt: null,
        updatedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(),
      },
    ],
  };
}
const page = (nodes: FiringPartsFragment[], endCursor: string | null = null) => ({
  nodes,
  pageInfo: { hasNextPage: endCursor !== null, endCursor },
});
const arrived = (...firings: FiringPartsFragment[]) =>
  firings.map((each) => ({ triggerFired: { __typename: "Firing" as const, ...each } }));
const keys = ({ items }: { items: readonly { key: string }[] }) => items.map(({ key }) => key);

it("firings come on top, the last one first, each once", () => {
  const book = withArrived(openFiringBook(page([firing(1)])), arrived(firing(1), firing(2), firing(3)));
  expect(keys(book)).toEqual(["f3", "f2", "f1"]);
});

it("an action run that has ended never goes back to how it was before", () => {
  const book = openFiringBook(page([firing(1, "RUNNING", 1)]));
  expect(unfinishedFirings(book)).toEqual(["f1"]);
  const ended = withRead(book, [firing(1, "FAILED", 3)]);
  expect(unfinishedFirings(ended)).toEqual([]);
  expect(unfinishedFirings(withRead(ended, [firing(1, "RUNNING", 2)]))).toEqual([]);
  expect(unfinishedFirings(withArrived(ended, arrived(firing(1, "PENDING", 0))))).toEqual([]);
});

it("what falls out at the end is found behind the last one kept", () => {
  const many = Array.from({ length: mostFirings + 5 }, (_, index) => firing(index + 2));
  const book = withArrived(openFiringBook(page([firing(1)])), arrived(...many));
  expect(book.items).toHaveLength(mostFirings);
  expect(book.older).toBe(book.items.at(-1)?.key.slice(1));
});

it("older firings come behind, each once", () => {
  const book = withOlder(openFiringBook(page([firing(9), firing(8)], "8")), page([firing(8), firing(7)]));
  expect(keys(book)).toEqual(["f9", "f8", "f7"]);
  expect(book.older).toBeNull();
});

it("a gap stands where firings are gone for good", () => {
  const gap = { triggerFired: { __typename: "StreamGap" as const, message: "deleted", from: "1", to: "4" } };
  const book = withArrived(openFiringBook(page([firing(1)])), [gap, ...arrived(firing(5))]);
  expect(book.items.map(({ kind }) => kind)).toEqual(["firing", "gap", "firing"]);
});
