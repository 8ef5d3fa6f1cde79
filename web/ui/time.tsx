"use client";

import { useNow } from "./now.tsx";
import { agoText, clockText, lengthText, momentText, titleText, tookText } from "./time-text.ts";
import { useTimeZone } from "./use-time-zone.ts";

/** How long ago; the moment in full on hovering, as with all of these. */
export function Ago({ at }: { at: string }) {
  const zone = useTimeZone();
  const now = useNow();
  return (
    <time dateTime={at} title={titleText(at, zone.name)} className="tabular-nums">
      {agoText(Date.parse(at), now)}
    </time>
  );
}

/** A moment in full. */
export function Moment({ at }: { at: string }) {
  const zone = useTimeZone();
  return (
    <time dateTime={at} title={titleText(at, zone.name)} className="tabular-nums">
      {momentText(at, zone.name)}
    </time>
  );
}

/** A time of day to the millisecond. */
export function Clock({ at }: { at: string }) {
  const zone = useTimeZone();
  return (
    <time dateTime={at} title={titleText(at, zone.name)} className="tabular-nums">
      {clockText(at, zone.name)}
    </time>
  );
}

/** How long something took, or has taken until now. */
export function Length({ from, to }: { from: string | null | undefined; to: string | null | undefined }) {
  const now = useNow();
  if (!from) return <span className="text-faint">–</span>;
  const length = (to ? Date.parse(to) : now) - Date.parse(from);
  return <span className="tabular-nums">{to ? tookText(length) : lengthText(length)}</span>;
}
