"use client";

import { useState } from "react";
import type { RunFragment } from "../../../gql/graphql.ts";
import { useStream } from "../../../lib/graphql/use-stream.ts";
import { runUpdated } from "./documents.ts";

/** A run from what the server rendered on: its present state, at each connection and whenever it changes. `show` is for what else tells it. */
export function useRun(initial: RunFragment) {
  const [run, setRun] = useState(initial);
  // Answers and what is pushed can pass each other.
  const show = (next: RunFragment) =>
    setRun((before) => (Date.parse(next.updatedAt) < Date.parse(before.updatedAt) ? before : next));
  const refusal = useStream({
    document: runUpdated,
    key: initial.id,
    variables: () => ({ id: initial.id }),
    onItems: (items) => {
      const last = items.at(-1);
      if (last !== undefined) show(last.flowRunUpdated);
    },
  });
  return { run, refusal, show };
}
