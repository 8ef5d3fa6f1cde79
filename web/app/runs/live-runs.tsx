"use client";

import Link from "next/link";
import { useRef, useState } from "react";
import { useClient } from "urql";
import type { RunRowFragment, RunsQuery } from "../../gql/graphql.ts";
import { useConnected } from "../../lib/graphql/use-connected.ts";
import { useStream } from "../../lib/graphql/use-stream.ts";
import { useSoon } from "../../lib/use-soon.ts";
import { buttonClass } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Notice } from "../../ui/notice.tsx";
import { runsDocument, runsUpdated, upcomingDocument } from "./documents.ts";
import { pageSize } from "./page-size.ts";
import { withChanges } from "./run-list.ts";
import { RunTable } from "./run-table.tsx";
import { type RunsSearch, runsFilter, runsHref, upcomingBeside } from "./search-params.ts";
import { UpcomingLink } from "./upcoming-link.tsx";

type Page = RunsQuery["flowRuns"];

const longest = 3 * pageSize;
const settleMs = 1_000;

interface Props {
  search: RunsSearch;
  initial: Page;
  /** How many upcoming runs there are. */
  upcoming: number;
}

/** The list that the server rendered, kept up to date. */
export function LiveRuns({ search, initial, upcoming }: Props) {
  const client = useClient();
  const [page, setPage] = useState(initial);
  const [ahead, setAhead] = useState(upcoming);
  const filter = runsFilter(search);

  const changes = useRef<RunRowFragment[]>([]);
  const readAgain = async () => {
    changes.current = [];
    const variables = { filter, first: pageSize, after: search.after };
    const { data } = await client.query(runsDocument, variables).toPromise();
    if (data !== undefined) setPage(withPushed(data.flowRuns, changes.current, search));
  };
  const countAhead = async () => {
    const { data } = await client
      .query(upcomingDocument, { filter: runsFilter(upcomingBeside(search)) })
      .toPromise();
    if (data !== undefined) setAhead(data.flowRuns.totalCount);
  };
  const refresh = () => {
    void countAhead();
    // Of many that are made at once only the soonest belong on the page.
    if (search.upcoming) void readAgain();
  };
  const refreshSoon = useSoon(refresh, settleMs);
  // The stream is live from when the server opened it: what changed before is read, once the stream is surely open.
  useConnected(() => {
    setTimeout(readAgain, settleMs);
    refreshSoon();
  });
  const refusal = useStream({
    document: runsUpdated,
    key: JSON.stringify(filter),
    variables: () => ({ filter }),
    onItems: (items) => {
      const pushed = items.map(({ flowRunsUpdated }) => flowRunsUpdated);
      refreshSoon();
      if (search.upcoming) return;
      changes.current.push(...pushed);
      setPage((before) => withPushed(before, pushed, search));
      if (page.nodes.length > longest) void readAgain();
    },
  });

  const { nodes, pageInfo, totalCount } = page;
  return (
    <section aria-label="Runs" className="flex flex-col gap-3">
      {refusal === null ? null : <Notice look="bad">This list is not live: {refusal}</Notice>}
      <UpcomingLink search={search} count={ahead} />
      <div className="overflow-hidden rounded-xl border border-line bg-panel shadow-xs">
        {nodes.length === 0 ? (
          <NoRuns search={search} />
        ) : (
          <RunTable runs={nodes} upcoming={search.upcoming} />
        )}
      </div>
      <div className="flex items-center gap-2 text-[13px] text-soft">
        <span className="tabular-nums" aria-live="polite">
          {totalCount} {totalCount === 1 ? "run" : "runs"}
        </span>
        <nav aria-label="Pages" className="ml-auto flex gap-2">
          {search.after === null ? null : (
            <Link href={runsHref({ ...search, after: null })} className={buttonClass("plain", "small")}>
              {search.upcoming ? "Soonest" : "Newest"}
            </Link>
          )}
          {pageInfo.hasNextPage ? (
            <Link
              href={runsHref({ ...search, after: pageInfo.endCursor ?? null })}
              className={buttonClass("plain", "small")}
            >
              {search.upcoming ? "Later" : "Older"}
            </Link>
          ) : null}
        </nav>
      </div>
    </section>
  );
}

function withPushed(page: Page, pushed: readonly RunRowFragment[], search: RunsSearch): Page {
  const nodes = withChanges(page.nodes, pushed, search);
  return {
    ...page,
    nodes,
    totalCount: Math.max(nodes.length, page.totalCount + nodes.length - page.nodes.length),
  };
}

function noneTitle({ waiting, upcoming }: RunsSearch): string {
  if (upcoming) return "No run is upcoming";
  return waiting ? "Nothing waits for input" : "No run fits";
}

function NoRuns({ search }: { search: RunsSearch }) {
  if (runsHref(search) !== "/runs")
    return (
      <Empty title={noneTitle(search)}>
        <p>New ones appear here by themselves.</p>
        <Link href="/runs" className={`${buttonClass("plain", "small")} mt-4`}>
          Show all runs
        </Link>
      </Empty>
    );
  return (
    <Empty title="No runs yet">
      <p>
        Start one of the examples in a second terminal (
        <code className="font-mono text-xs">npm run example</code> lists them), or run a deployment. It
        appears here at once.
      </p>
    </Empty>
  );
}
