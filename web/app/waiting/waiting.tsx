"use client";

import { createContext, type ReactNode, use, useRef, useState } from "react";
import { graphql } from "../../gql/gql.ts";
import { useConnected } from "../../lib/graphql/use-connected.ts";
import { useStream } from "../../lib/graphql/use-stream.ts";

const document = graphql(`
  subscription Waiting {
    inputRequested {
      id
      awaitedInput {
        key
      }
    }
  }
`);

const Waiting = createContext(0);
const settleMs = 500;

/** Counts the runs that wait for an input, for every page. */
export function WaitingProvider({ initial, children }: { initial: number; children: ReactNode }) {
  const [count, setCount] = useState(initial);
  const waiting = useRef(new Set<string>());
  const settled = useRef(true);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // Each connection begins with all that wait; until they are there the last count stands.
  useConnected(() => {
    waiting.current.clear();
    settled.current = false;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      settled.current = true;
      setCount(waiting.current.size);
    }, settleMs);
  });
  useStream({
    document,
    key: "waiting",
    variables: () => ({}),
    onItems: (items) => {
      for (const { inputRequested: run } of items) {
        if (run.awaitedInput === null || run.awaitedInput === undefined) waiting.current.delete(run.id);
        else waiting.current.add(run.id);
      }
      if (settled.current) setCount(waiting.current.size);
    },
  });
  return <Waiting value={count}>{children}</Waiting>;
}

/** How many runs wait for an input now. */
export function useWaitingCount(): number {
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
