"use client";

import Link from "next/link";
import { useState } from "react";
import { toLocalInput } from "../../form/model/date-time.ts";
import { Button } from "../../ui/button.tsx";
import { momentText } from "../../ui/time-text.ts";
import { useTimeZone } from "../../ui/use-time-zone.ts";
import { type EventsSearch, eventsHref, lastRanges, type Range } from "./search-params.ts";

const labels = { "1h": "Last hour", "24h": "Last 24 hours", "7d": "Last 7 days" } as const;
const look =
  "flex min-h-8 items-center border-line px-3 text-[13px] text-soft first:rounded-l-lg last:rounded-r-lg not-first:border-l hover:bg-sunk hover:text-ink aria-[current=true]:bg-accent/10 aria-[current=true]:text-ink aria-expanded:text-ink";

interface Props {
  search: EventsSearch;
  onRange: (range: Range) => void;
}

/** Which time the feed is about: a length of time until now, or two moments of one's own. */
export function RangePicker({ search, onRange }: Props) {
  const zone = useTimeZone();
  const [open, setOpen] = useState(false);
  const { range } = search;
  const own = "last" in range ? null : range;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <fieldset aria-label="Time" className="flex w-fit rounded-lg border border-line bg-panel">
          {lastRanges.map((last) => (
            <Link
              key={last}
              href={eventsHref({ ...search, range: { last }, after: null })}
              replace
              scroll={false}
              prefetch={false}
              aria-current={"last" in range && range.last === last ? "true" : undefined}
              className={look}
            >
              <span className="sm:hidden">{last}</span>
              <span className="hidden sm:inline">{labels[last]}</span>
            </Link>
          ))}
          <button
            type="button"
            aria-expanded={open}
            aria-current={own === null ? undefined : "true"}
            onClick={() => setOpen(!open)}
            className={look}
          >
            Custom
          </button>
        </fieldset>
        {own === null ? null : (
          <span className="text-[13px] text-soft tabular-nums">
            {own.from === null ? "from the first" : momentText(own.from, zone.name)}
            {" – "}
            {own.to === null ? "now" : momentText(own.to, zone.name)}
          </span>
        )}
      </div>
      {open ? <OwnRange range={own} zone={zone.name} onRange={onRange} /> : null}
    </div>
  );
}

interface OwnProps {
  range: Exclude<Range, { last: unknown }> | null;
  zone: string;
  onRange: (range: Range) => void;
}

function OwnRange({ range, zone, onRange }: OwnProps) {
  const [from, setFrom] = useState(toLocalInput(range?.from ?? ""));
  const [to, setTo] = useState(toLocalInput(range?.to ?? ""));
  const backwards = from !== "" && to !== "" && new Date(from) >= new Date(to);
  const show = () => onRange({ from: iso(from), to: iso(to) });
  return (
    <form
      className="flex flex-wrap items-end gap-2 text-[13px] text-soft"
      onSubmit={(event) => {
        event.preventDefault();
        if (!backwards) show();
      }}
    >
      <Moment label="From" value={from} onChange={setFrom} />
      <Moment label="To" value={to} onChange={setTo} />
      <Button type="submit" disabled={backwards || (from === "" && to === "")}>
        Show
      </Button>
      <span className="py-2 text-xs">
        {backwards ? <span className="text-bad-ink">It ends before it begins</span> : `in ${zone}`}
      </span>
    </form>
  );
}

interface MomentProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function Moment({ label, value, onChange }: MomentProps) {
  return (
    <label className="flex flex-col gap-1">
      {label}
      <input
        type="datetime-local"
        step={1}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="control w-56"
      />
    </label>
  );
}

function iso(local: string): string | null {
  const date = new Date(local);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
