import { isoSeconds } from "../../core/document/duration.ts";
import { UsageError } from "./failure.ts";

const units: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400, w: 7 * 86_400 };

/** The moment that an option names: a time, or how long ago it is (`2h`, `PT90M`). */
export function readMoment(option: string, given: string, now: Date): Date {
  const [, count, unit = ""] = /^(\d+(?:\.\d+)?)\s*([smhdw])$/.exec(given.trim()) ?? [];
  const ago = count === undefined ? isoSeconds(given) : Number(count) * (units[unit] ?? 0);
  if (ago !== null && ago >= 0) return new Date(now.getTime() - ago * 1000);
  const time = new Date(given);
  if (!Number.isNaN(time.getTime())) return time;
  throw new UsageError(
    `${option} ${JSON.stringify(given)} is no time: give one as in 2026-11-21T09:30:00Z, or how long ago it is, as in 2h or 7d`,
  );
}
