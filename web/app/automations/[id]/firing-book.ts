import type { FiringPartsFragment, FiringsArriveSubscription, FiringsQuery } from "../../../gql/graphql.ts";

/** The firings that a page holds, newest first. */
export interface FiringBook {
  items: readonly FiringItem[];
  /** The cursor behind which there are older ones; null where there are none. */
  older: string | null;
}

/** A firing, or a place where firings are gone for good. */
export type FiringItem =
  | { kind: "firing"; key: string; firing: FiringPartsFragment }
  | { kind: "gap"; key: string; message: string };

type Page = Pick<FiringsQuery["firings"], "nodes"> & {
  pageInfo: { hasNextPage: boolean; endCursor?: string | null | undefined };
};

/** Firings that a page keeps while it follows; older ones are read again when they are asked for. */
export const mostFirings = 200;

export function openFiringBook({ nodes, pageInfo }: Page): FiringBook {
  return { items: nodes.map(firingItem), older: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null };
}

/** The book with what a subscription brought, oldest first, on top; a firing that it has is brought up to date instead. */
export function withArrived(book: FiringBook, results: readonly FiringsArriveSubscription[]): FiringBook {
  const arrived = results.map(({ triggerFired: item }) =>
    item.__typename === "Firing"
      ? firingItem(item)
      : { kind: "gap" as const, key: `gap ${item.from}`, message: item.message },
  );
  const known = new Set(book.items.map(({ key }) => key));
  const fresh = new Map<string, FiringItem>();
  for (const item of arrived) if (!known.has(item.key)) fresh.set(item.key, item);
  const items = [...[...fresh.values()].reverse(), ...book.items];
  const kept = items.slice(0, mostFirings);
  return withRead(
    { items: kept, older: kept.length < items.length ? lastCursor(kept) : book.older },
    arrived.flatMap((item) => (item.kind === "firing" ? [item.firing] : [])),
  );
}

/** The book with what was read again of its firings: an action run never goes back to how it was before. */
export function withRead(book: FiringBook, firings: readonly FiringPartsFragment[]): FiringBook {
  const read = new Map(firings.map((firing) => [firing.id, firing]));
  const items = book.items.map((item) => {
    const newer = item.kind === "firing" ? read.get(item.key) : undefined;
    return newer === undefined || item.kind === "gap" ? item : firingItem(newerRuns(item.firing, newer));
  });
  return { ...book, items };
}

/** The book with the page behind its last firing. */
export function withOlder(book: FiringBook, page: Page): FiringBook {
  const known = new Set(book.items.map(({ key }) => key));
  const older = openFiringBook(page);
  return { items: [...book.items, ...older.items.filter(({ key }) => !known.has(key))], older: older.older };
}

/** The firings of which some action has not ended, so that they should be read again. */
export function unfinishedFirings({ items }: FiringBook): string[] {
  return items.flatMap((item) =>
    item.kind === "firing" &&
    item.firing.actionRuns.some(({ status }) => status === "PENDING" || status === "RUNNING")
      ? [item.firing.id]
      : [],
  );
}

function newerRuns(before: FiringPartsFragment, after: FiringPartsFragment): FiringPartsFragment {
  const known = new Map(before.actionRuns.map((run) => [run.id, run]));
  const actionRuns = after.actionRuns.map((run) => {
    const old = known.get(run.id);
    return old !== undefined && Date.parse(old.updatedAt) > Date.parse(run.updatedAt) ? old : run;
  });
  return { ...after, actionRuns };
}

function firingItem(firing: FiringPartsFragment): FiringItem {
  return { kind: "firing", key: firing.id, firing };
}

function lastCursor(items: readonly FiringItem[]): string | null {
  const last = items.findLast((item) => item.kind === "firing");
  return last?.kind === "firing" ? last.firing.cursor : null;
}
