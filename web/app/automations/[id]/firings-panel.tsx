"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { useClient } from "urql";
import type { AutomationPageQuery } from "../../../gql/graphql.ts";
import { useConnected } from "../../../lib/graphql/use-connected.ts";
import { useStream } from "../../../lib/graphql/use-stream.ts";
import { Button } from "../../../ui/button.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Panel } from "../../../ui/panel.tsx";
import type { Names } from "../names.ts";
import { firingNow, firingsArrive, firingsDocument } from "./documents.ts";
import { openFiringBook, unfinishedFirings, withArrived, withOlder, withRead } from "./firing-book.ts";
import { FiringEntry } from "./firing-entry.tsx";
import { firingsSize } from "./sizes.ts";

interface Props {
  id: string;
  initial: NonNullable<AutomationPageQuery["automation"]>["firings"];
  names: Names;
}

const everyMs = 1_500;
/** Firings behind the first page that are read again at once. */
const mostBehind = 5;

/** An automation's firings, live behind what the server rendered, with what their actions did. */
export function FiringsPanel({ id, initial, names }: Props) {
  const client = useClient();
  const [book, setBook] = useState(() => openFiringBook(initial));
  const [loading, setLoading] = useState(false);
  const refusal = useStream({
    document: firingsArrive,
    key: id,
    variables: () => ({ id, after: initial.pageInfo.startCursor ?? initial.pageInfo.endCursor }),
    onItems: (results) => setBook((before) => withArrived(before, results)),
  });
  const readFiring = async (firingId: string) => {
    const { data } = await client.query(firingNow, { id: firingId }).toPromise();
    const firing = data?.firing;
    if (firing) setBook((before) => withRead(before, [firing]));
  };
  const readAgain = useEffectEvent(async () => {
    const { data } = await client.query(firingsDocument, { id, first: firingsSize, after: null }).toPromise();
    if (data === undefined) return;
    setBook((before) => withRead(before, data.firings.nodes));
    const read = new Set(data.firings.nodes.map((firing) => firing.id));
    const behind = unfinishedFirings(book).filter((firingId) => !read.has(firingId));
    await Promise.all(behind.slice(0, mostBehind).map(readFiring));
  });
  useConnected(() => void readAgain());
  const unfinished = unfinishedFirings(book).length > 0;
  // No stream tells how actions go on.
  useEffect(() => {
    if (!unfinished) return;
    const clock = setInterval(() => document.visibilityState === "visible" && readAgain(), everyMs);
    return () => clearInterval(clock);
  }, [unfinished]);
  const readOlder = async () => {
    setLoading(true);
    const { data } = await client
      .query(firingsDocument, { id, first: firingsSize, after: book.older })
      .toPromise();
    if (data !== undefined) setBook((before) => withOlder(before, data.firings));
    setLoading(false);
  };
  return (
    <Panel title="Firings" flush aside={<span className="text-xs text-soft">newest first</span>}>
      {refusal === null ? null : <Notice look="bad">The firings are not live: {refusal}</Notice>}
      {book.items.length === 0 ? (
        <p className="px-4 py-10 text-center text-sm text-soft">It has not fired yet.</p>
      ) : (
        <ol aria-label="Firings" className="divide-y divide-line">
          {book.items.map((item) =>
            item.kind === "gap" ? (
              <li
                key={item.key}
                role="alert"
                className="bg-waiting/10 px-4 py-2.5 text-[13px] text-waiting-ink"
              >
                Firings are missing here: {item.message}
              </li>
            ) : (
              <FiringEntry
                key={item.key}
                firing={item.firing}
                names={names}
                readAgain={() => readFiring(item.firing.id)}
              />
            ),
          )}
        </ol>
      )}
      {book.older === null ? null : (
        <div className="border-t border-line p-2 text-center">
          <Button size="small" look="quiet" busy={loading} disabled={loading} onClick={readOlder}>
            Load older firings
          </Button>
        </div>
      )}
    </Panel>
  );
}
