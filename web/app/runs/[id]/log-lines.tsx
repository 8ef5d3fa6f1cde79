"use client";

import { memo } from "react";
import type { LogLineFragment } from "../../../gql/graphql.ts";
import { clockText } from "../../../ui/time-text.ts";
import { useTimeZone } from "../../../ui/use-time-zone.ts";

interface Level {
  name: string;
  row: string;
  badge: string;
}

const rowHeightPx = 22;

/** A piece of a log. Drawn again only when it changes, and laid out only where it is seen. */
export const LogLines = memo(function LogLines({
  lines,
  least,
}: {
  lines: readonly LogLineFragment[];
  least: number;
}) {
  const zone = useTimeZone();
  const shown = lines.filter(({ level }) => level >= least);
  return (
    <ol
      className="font-mono text-[12px] leading-[18px]"
      style={{ contentVisibility: "auto", containIntrinsicSize: `auto ${shown.length * rowHeightPx}px` }}
    >
      {shown.map((line) => {
        const level = levelOf(line.level);
        return (
          <li
            key={line.cursor}
            title={line.loggerName}
            className={`grid grid-cols-[auto_auto_minmax(0,1fr)] gap-x-3 border-l-2 px-3 py-0.5 ${level.row}`}
          >
            <time dateTime={line.timestamp} className="text-faint tabular-nums">
              {clockText(line.timestamp, zone.name)}
            </time>
            <span className={`w-10 ${level.badge}`}>{level.name}</span>
            <span className="col-span-3 whitespace-pre-wrap wrap-anywhere sm:col-span-1">{line.message}</span>
          </li>
        );
      })}
    </ol>
  );
});

function levelOf(level: number): Level {
  if (level >= 40) return { name: "error", row: "border-bad bg-bad/8", badge: "text-bad-ink" };
  if (level >= 30) return { name: "warn", row: "border-waiting bg-waiting/8", badge: "text-waiting-ink" };
  if (level >= 20) return { name: "info", row: "border-transparent", badge: "text-going-ink" };
  return { name: "debug", row: "border-transparent text-soft", badge: "text-faint" };
}
