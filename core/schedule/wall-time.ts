const formats = new Map<string, Intl.DateTimeFormat>();
const mostFormats = 200;
const day = 86_400_000;

/** The time zone's name as it is usually written; null where there is no such zone. Offsets such as `+02:00` are none. */
export function timeZoneName(name: string): string | null {
  if (!/^[A-Za-z]/.test(name)) return null;
  try {
    const { timeZone } = formatOf(name).resolvedOptions();
    // Another name for the same zone stays as it is.
    return timeZone.toLowerCase() === name.toLowerCase() ? timeZone : name;
  } catch {
    return null;
  }
}

/** What a clock in the time zone shows at an instant, as the milliseconds of that date and time in UTC. */
export function wallTime(instant: number, zone: string): number {
  if (zone === "UTC") return instant;
  const parts = new Map<string, number>();
  for (const { type, value } of formatOf(zone).formatToParts(instant)) parts.set(type, Number(value));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const shown = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return shown + (((instant % 1000) + 1000) % 1000);
}

/**
 * The instant at which a clock in the time zone shows a time: the first one where it shows it twice, and where it is set forward
 * over it, the instant of that change.
 */
export function instantOf(wall: number, zone: string): number {
  if (zone === "UTC") return wall;
  const offset = (instant: number) => wallTime(instant, zone) - instant;
  const [before, after] = [offset(wall - day), offset(wall + day)];
  const [first, second] = [wall - before, wall - after];
  if (offset(first) === before) return first;
  if (offset(second) === after) return second;
  let [low, high] = [second, first];
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    if (offset(middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  if (formats.size >= mostFormats) formats.clear();
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(zone, format);
  return format;
}
