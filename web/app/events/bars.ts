/** How many events there were in a part of the time. */
export interface EventCount {
  count: number;
  /** ISO, as `end`. */
  start: string;
  end: string;
}

export interface Bar extends EventCount {
  /** Shares of the whole width and height, 0 to 1. */
  left: number;
  width: number;
  height: number;
}

export interface Density {
  bars: readonly Bar[];
  total: number;
  /** The most events of one bar. */
  peak: number;
  /** The bounds of all, in ISO; null where there is nothing at all. */
  from: string | null;
  to: string | null;
}

const leastHeight = 0.06;

/** Lays counts out as bars along the time from the first one's start to the last one's end. */
export function densityOf(counts: readonly EventCount[]): Density {
  const from = counts[0]?.start ?? null;
  const to = counts.at(-1)?.end ?? null;
  const peak = counts.reduce((most, { count }) => Math.max(most, count), 0);
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  if (from === null || to === null) return { bars: [], total, peak, from, to };
  const begin = Date.parse(from);
  const length = Math.max(1, Date.parse(to) - begin);
  const bars = counts.map((each) => ({
    ...each,
    left: (Date.parse(each.start) - begin) / length,
    width: (Date.parse(each.end) - Date.parse(each.start)) / length,
    // One event among thousands is seen, too.
    height: each.count === 0 ? 0 : Math.max(leastHeight, each.count / peak),
  }));
  return { bars, total, peak, from, to };
}
