"use client";

import { useNow } from "../../../ui/now.tsx";
import { Moment } from "../../../ui/time.tsx";
import { countdownText } from "../../../ui/time-text.ts";

const soonMs = 60_000;

/** How long there is left to answer. */
export function Countdown({ expiresAt }: { expiresAt: string | null | undefined }) {
  const now = useNow();
  if (!expiresAt) return <span className="text-soft">No deadline</span>;
  const left = Date.parse(expiresAt) - now;
  if (left <= 0) return <span className="font-medium text-bad-ink">The deadline has passed</span>;
  return (
    <span className={left < soonMs ? "font-medium text-bad-ink" : "text-soft"}>
      <span className="tabular-nums" role="timer">
        {countdownText(left)}
      </span>{" "}
      left to answer
      <span className="hidden sm:inline">
        , until <Moment at={expiresAt} />
      </span>
    </span>
  );
}
