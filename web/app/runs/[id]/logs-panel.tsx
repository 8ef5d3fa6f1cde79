"use client";

import { useState } from "react";
import { useClient } from "urql";
import type { RunPageQuery } from "../../../gql/graphql.ts";
import { useStream } from "../../../lib/graphql/use-stream.ts";
import { Button } from "../../../ui/button.tsx";
import { countOf } from "../../../ui/count-of.ts";
import { FollowScroll } from "../../../ui/follow-scroll.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { earlierLogs, runLogs } from "./documents.ts";
import { append, firstCursor, lastCursor, openLogBook, prepend } from "./log-book.ts";
import { LogLines } from "./log-lines.tsx";
import { firstLogs, followedLogs, mostLogs } from "./sizes.ts";

const levels = [
  { least: 0, label: "All levels" },
  { least: 20, label: "Info and above" },
  { least: 30, label: "Warnings and errors" },
  { least: 40, label: "Errors" },
] as const;

interface Props {
  id: string;
  initial: NonNullable<RunPageQuery["flowRun"]>["logs"];
}

/** A run's log, live behind what the server rendered. */
export function LogsPanel({ id, initial }: Props) {
  const client = useClient();
  const [book, setBook] = useState(() => openLogBook(initial.nodes, initial.pageInfo.hasPreviousPage));
  const [following, setFollowing] = useState(true);
  const [least, setLeast] = useState(0);
  const [loading, setLoading] = useState(false);
  const refusal = useStream({
    document: runLogs,
    key: id,
    variables: () => ({ id, after: lastCursor(book) ?? initial.pageInfo.endCursor }),
    onItems: (items) => {
      const lines = items.map(({ logs }) => logs);
      setBook((before) => append(before, lines, following ? followedLogs : mostLogs));
    },
  });
  const readEarlier = async () => {
    setLoading(true);
    const { data } = await client
      .query(earlierLogs, { id, last: firstLogs, before: firstCursor(book) })
      .toPromise();
    const page = data?.flowRun?.logs;
    if (page) setBook((before) => prepend(before, page.nodes, page.pageInfo.hasPreviousPage));
    setLoading(false);
  };
  return (
    <Panel
      title="Log"
      flush
      aside={
        <div className="flex items-center gap-2 text-xs text-soft">
          <span className="tabular-nums">{countOf(book.count, "line")}</span>
          <select
            aria-label="Levels shown"
            value={least}
            onChange={(event) => setLeast(Number(event.target.value))}
            className="rounded-md border border-line bg-panel px-1.5 py-1 text-xs"
          >
            {levels.map(({ least: value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </div>
      }
    >
      {refusal === null ? null : <Notice look="bad">The log is not live: {refusal}</Notice>}
      <FollowScroll
        label="Log lines"
        following={following}
        onFollowing={setFollowing}
        version={book}
        className="max-h-80 sm:max-h-112 sm:min-h-40"
      >
        {book.hasEarlier ? (
          <div className="p-2 text-center">
            <Button size="small" look="quiet" busy={loading} disabled={loading} onClick={readEarlier}>
              Load earlier lines
            </Button>
          </div>
        ) : null}
        {book.count === 0 ? (
          <p className="px-4 py-5 text-center text-sm text-soft sm:py-10">Nothing logged yet.</p>
        ) : null}
        {book.pieces.map((piece) => (
          <LogLines key={piece.key} lines={piece.lines} least={least} />
        ))}
      </FollowScroll>
    </Panel>
  );
}
