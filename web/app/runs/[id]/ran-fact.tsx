"use client";

import type { RunFragment } from "../../../gql/graphql.ts";
import { Fact } from "../../../ui/fact.tsx";
import { useNow } from "../../../ui/now.tsx";
import { durationsText, ranFor } from "../durations.ts";

/** How long a run ran, and how long it was there; nothing where it has not begun. */
export function RanFact({ run: { startedAt, endedAt, stateHistory } }: { run: RunFragment }) {
  const now = useNow();
  if (!startedAt) return null;
  const end = endedAt ? Date.parse(endedAt) : now;
  const text = durationsText(ranFor(stateHistory, end), end - Date.parse(startedAt), Boolean(endedAt));
  return (
    <Fact name="Ran">
      <span className="tabular-nums">{text}</span>
    </Fact>
  );
}
