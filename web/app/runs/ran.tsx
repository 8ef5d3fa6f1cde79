"use client";

import type { RunRowFragment } from "../../gql/graphql.ts";
import { useNow } from "../../ui/now.tsx";
import { lengthText, tookText } from "../../ui/time-text.ts";

interface Props {
  run: Pick<RunRowFragment, "startedAt" | "totalRunTime"> & {
    state: Pick<RunRowFragment["state"], "type" | "timestamp">;
  };
}

/** How long a run's code ran; of one that is running, since it began or went on. */
export function Ran({ run: { startedAt, state, totalRunTime } }: Props) {
  const now = useNow();
  if (!startedAt) return <span className="text-faint">–</span>;
  const text =
    state.type === "RUNNING" ? lengthText(now - Date.parse(state.timestamp)) : tookText(totalRunTime * 1000);
  return <span className="tabular-nums">{text}</span>;
}
