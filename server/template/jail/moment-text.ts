import type { Moment } from "./values.ts";

const minute = 60_000;

/** The calendar and clock of a moment as they are shown. */
export function partsOf({ time, offset }: Moment) {
  const local = new Date(time + offset * minute);
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    millisecond: local.getUTCMilliseconds(),
    /** From Sunday, which is 0. */
    weekday: local.getUTCDay(),
    yearDay: Math.floor((local.getTime() - Date.UTC(local.getUTCFullYear(), 0, 1)) / (1440 * minute)) + 1,
  };
}

/** ISO 8601 with the offset, `Z` for UTC; a day alone where it is one. */
export function isoText(moment: Moment): string {
  const shown = new Date(moment.time + moment.offset * minute).toISOString();
  if (moment.isDay) return shown.slice(0, 10);
  return moment.offset === 0 ? shown : shown.replace("Z", offsetText(moment.offset, ":"));
}

/** What Python's `isoformat()` answers. */
export function pythonIso(moment: Moment): string {
  const iso = new Date(moment.time + moment.offset * minute).toISOString();
  if (moment.isDay) return iso.slice(0, 10);
  const fraction = iso.slice(20, 23);
  return `${iso.slice(0, 19)}${fraction === "000" ? "" : `.${fraction}000`}${offsetText(moment.offset, ":")}`;
}

/** @param separator between hours and minutes */
export function offsetText(offset: number, separator: string): string {
  const size = Math.abs(offset);
  const two = (part: number) => String(Math.floor(part)).padStart(2, "0");
  return `${offset < 0 ? "-" : "+"}${two(size / 60)}${separator}${two(size % 60)}`;
}
