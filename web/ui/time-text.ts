const units = [
  { seconds: 86_400, letter: "d" },
  { seconds: 3_600, letter: "h" },
  { seconds: 60, letter: "m" },
  { seconds: 1, letter: "s" },
] as const;

/** A length of time in its two largest units: "2d 3h", "4m 12s", "8s"; "0s" for less than a second. */
export function lengthText(milliseconds: number): string {
  let rest = Math.max(0, Math.floor(milliseconds / 1000));
  const parts: string[] = [];
  for (const { seconds, letter } of units) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    if (count > 0 || parts.length > 0) parts.push(`${count}${letter}`);
    if (parts.length === 2) break;
  }
  return parts.filter((part, index) => index === 0 || !part.startsWith("0")).join(" ") || "0s";
}

/** How long something took: to the millisecond where that was less than a second. */
export function tookText(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.max(0, Math.round(milliseconds))}ms` : lengthText(milliseconds);
}

/** How long ago, or in how long. */
export function agoText(from: number, now: number): string {
  const distance = now - from;
  if (Math.abs(distance) < 5_000) return "just now";
  const [largest = "0s"] = lengthText(Math.abs(distance)).split(" ");
  return distance > 0 ? `${largest} ago` : `in ${largest}`;
}

/** A countdown: "59:12", "1:04:09", "2d 03:04:05". */
export function countdownText(milliseconds: number): string {
  const total = Math.max(0, Math.ceil(milliseconds / 1000));
  const [days, hours, minutes, seconds] = [
    Math.floor(total / 86_400),
    Math.floor(total / 3_600) % 24,
    Math.floor(total / 60) % 60,
    total % 60,
  ];
  const two = (number: number) => String(number).padStart(2, "0");
  if (days > 0) return `${days}d ${two(hours)}:${two(minutes)}:${two(seconds)}`;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

// Making a formatter costs more than a thousand uses of it.
const moments = new Map<string, Intl.DateTimeFormat>();
const clocks = new Map<string, Intl.DateTimeFormat>();

/** A moment in full, in the zone. */
export function momentText(iso: string, timeZone: string): string {
  const known = moments.get(timeZone);
  const format =
    known ?? new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium", timeZone });
  if (known === undefined) moments.set(timeZone, format);
  return format.format(new Date(iso));
}

/** A moment in the zone, which is named, and in UTC. */
export function titleText(iso: string, timeZone: string): string {
  const zones = timeZone === "UTC" ? ["UTC"] : [timeZone, "UTC"];
  return zones.map((zone) => `${momentText(iso, zone)} ${zone}`).join("\n");
}

/** A time of day to the millisecond, in the zone. */
export function clockText(iso: string, timeZone: string): string {
  const known = clocks.get(timeZone);
  const digits = {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
  } as const;
  const format = known ?? new Intl.DateTimeFormat("en-GB", { ...digits, timeZone });
  if (known === undefined) clocks.set(timeZone, format);
  return format.format(new Date(iso));
}
