"use client";

import Link from "next/link";
import { type KeyboardEvent, useState } from "react";
import { lengthText, momentText } from "../../ui/time-text.ts";
import { useTimeZone } from "../../ui/use-time-zone.ts";
import { densityOf, type EventCount } from "./bars.ts";
import { type EventsSearch, eventsHref } from "./search-params.ts";

interface Props {
  counts: readonly EventCount[];
  search: EventsSearch;
}

/** How many events there were when. Each bar leads to its part of the time; the arrow keys go from bar to bar. */
export function DensityChart({ counts, search }: Props) {
  const zone = useTimeZone();
  const [pointed, setPointed] = useState<number | null>(null);
  const { bars, total, peak, from, to } = densityOf(counts);
  if (from === null || to === null) return null;
  const counted = bars.flatMap((bar, index) => (bar.count > 0 ? [index] : []));
  const reachable = pointed !== null && counted.includes(pointed) ? pointed : counted.at(-1);
  const shown = pointed === null ? undefined : bars[pointed];
  const said = (bar: EventCount) =>
    `${countText(bar.count)}, ${momentText(bar.start, zone.name)} to ${momentText(bar.end, zone.name)}`;
  const step = bars[0] === undefined ? 0 : Date.parse(bars[0].end) - Date.parse(bars[0].start);
  const peakText = total === 0 ? null : `peak ${peak.toLocaleString("en")} in ${lengthText(step)}`;
  return (
    <section
      aria-label="Events over time"
      className="flex flex-col gap-1.5 rounded-xl border border-line bg-panel px-4 pt-3 pb-2.5 shadow-xs"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-xs text-soft tabular-nums">
        <span className="font-medium text-ink">{countText(total)}</span>
        <span aria-hidden="true">{shown === undefined ? peakText : said(shown)}</span>
      </div>
      <ol
        onKeyDown={goWithArrows}
        onMouseLeave={() => setPointed(null)}
        className="relative h-16 border-b border-line"
      >
        {bars.map((bar, index) =>
          bar.count === 0 ? null : (
            <li key={bar.start}>
              <Link
                href={eventsHref({ ...search, range: { from: bar.start, to: bar.end }, after: null })}
                prefetch={false}
                scroll={false}
                aria-label={said(bar)}
                tabIndex={index === reachable ? 0 : -1}
                onMouseEnter={() => setPointed(index)}
                onFocus={() => setPointed(index)}
                className="group absolute inset-y-0 flex items-end px-px"
                style={{ left: `${bar.left * 100}%`, width: `${bar.width * 100}%` }}
              >
                <span
                  className="block w-full rounded-t-[2px] bg-accent/70 group-hover:bg-accent group-focus:bg-accent"
                  style={{ height: `${bar.height * 100}%` }}
                />
              </Link>
            </li>
          ),
        )}
      </ol>
      <div className="flex justify-between gap-4 text-[11px] text-faint tabular-nums">
        <span>{momentText(from, zone.name)}</span>
        <span className="hidden sm:inline">{zone.name}</span>
        <span className="text-right">{momentText(to, zone.name)}</span>
      </div>
    </section>
  );
}

function countText(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "event" : "events"}`;
}

function goWithArrows(event: KeyboardEvent<HTMLOListElement>) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined) return;
  const bars = [...event.currentTarget.querySelectorAll("a")];
  const next = bars[bars.findIndex((bar) => bar.contains(document.activeElement)) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
