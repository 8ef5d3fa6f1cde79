"use client";

import { createContext, type ReactNode, use, useEffect, useRef, useState } from "react";
import { useClient } from "urql";
import { useConnected } from "../../lib/graphql/use-connected.ts";
import { useStream } from "../../lib/graphql/use-stream.ts";
import { waitingChanged, waitingCount } from "./documents.ts";

const Waiting = createContext(0);
const soonMs = 150;

/** Counts the runs that wait for an input, for every page: the stream says when the count may be another. */
export function WaitingProvider({ initial, children }: { initial: number; children: ReactNode }) {
  const client = useClient();
  const [count, setCount] = useState(initial);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const countAgain = () => {
    // One reading for all that comes at once, such as every waiting run at each connection.
    clearTimeout(timer.current);
    timer.current = setTimeout(async () => {
      const { data } = await client.query(waitingCount, {}).toPromise();
      if (data !== undefined) setCount(data.flowRuns.totalCount);
    }, soonMs);
  };
  useConnected(countAgain);
  useStream({ document: waitingChanged, key: "waiting", variables: () => ({}), onItems: countAgain });
  return <Waiting value={count}>{children}</Waiting>;
}

/** How many runs wait for an input now. */
function useWaitingCount(): number {
  return use(Waiting);
}

/** The number of runs that wait, where there are any. */
export function WaitingBadge() {
  const count = useWaitingCount();
  if (count === 0) return null;
  return (
    <span
      title={`${count} waiting for input`}
      className="min-w-5 rounded-full bg-waiting/25 px-1.5 text-center text-xs font-medium text-waiting-ink tabular-nums"
    >
      {count}
      <span className="sr-only"> waiting for input</span>
    </span>
  );
}
