/** From when on (milliseconds since 1970) a time zone has an offset (minutes east) and a short name. */
export type ZoneSpans = [from: number, offset: number, name: string][];

const first = Date.UTC(1970, 0, 1);
const last = Date.UTC(2100, 0, 1);
const step = 30 * 86_400_000;
const known = new Map<string, ZoneSpans | null>();
const mostKnown = 100;

/** The changes of a zone's clock from 1970 to 2100; null where there is no such zone. */
export function zoneSpans(zone: string): ZoneSpans | null {
  const found = known.get(zone);
  if (found !== undefined) return found;
  if (known.size >= mostKnown) known.clear();
  const spans = findSpans(zone);
  known.set(zone, spans);
  return spans;
}

function findSpans(zone: string): ZoneSpans | null {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
      timeZoneName: "short",
    });
  } catch {
    return null;
  }
  const at = (time: number) => shown(format, time);
  const spans: ZoneSpans = [[Number.MIN_SAFE_INTEGER, ...at(first)]];
  for (let from = first; from < last; from += step) {
    const next = at(from + step);
    if (same(at(from), next)) continue;
    let [low, high] = [from, from + step];
    while (high - low > 60_000) {
      const middle = low + Math.floor((high - low) / 120_000) * 60_000;
      if (same(at(middle), next)) high = middle;
      else low = middle;
    }
    spans.push([high, ...next]);
  }
  return spans;
}

function shown(format: Intl.DateTimeFormat, time: number): [offset: number, name: string] {
  const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  const local = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return [Math.round((local - time) / 60_000), parts.get("timeZoneName") ?? ""];
}

function same(a: [number, string], b: [number, string]): boolean {
  return a[0] === b[0] && a[1] === b[1];
}
