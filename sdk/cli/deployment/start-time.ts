import { isoSeconds } from "../../../core/document/duration.ts";
import { UsageError } from "../failure.ts";

const units: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400, w: 7 * 86_400 };
const unit = /^(\d+(?:\.\d+)?)\s*(s|m|h|d|w)(?:ec(?:ond)?s?|in(?:ute)?s?|r|rs|our|ours|ay|ays|eek|eeks)?$/;

/** When a run is to start, by `--at` or `--in`; null for at once. */
export function startTime({ at, in: within }: { at?: string; in?: string }, now: Date): string | null {
  if (at !== undefined && within !== undefined) throw new UsageError("give --at or --in, not both");
  if (at !== undefined) {
    const time = new Date(at);
    if (!Number.isNaN(time.getTime())) return time.toISOString();
    throw new UsageError(`--at ${JSON.stringify(at)} is no time: give one as in 2026-11-21T09:30:00+01:00`);
  }
  if (within === undefined) return null;
  return new Date(now.getTime() + seconds(within) * 1000).toISOString();
}

function seconds(given: string): number {
  const [, count, name = ""] = unit.exec(given.trim()) ?? [];
  const found = count === undefined ? isoSeconds(given) : Number(count) * (units[name] ?? 0);
  if (found !== null && found >= 0) return found;
  throw new UsageError(
    `--in ${JSON.stringify(given)} is no length of time: give one as in 30s, 5m, 2h, 1d or PT1H30M`,
  );
}
