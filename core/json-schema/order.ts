/** How two values stand to each other. */
export interface Ordering {
  /** Below, at or above 0: the first is less than, equal to or greater than the second. */
  sign: number;
  /** Whether they are amounts (numbers, durations) or follow each other (texts, times). */
  kind: "amount" | "sequence";
}

/**
 * Compares two numbers or two texts; null for anything else. ISO 8601 texts of one kind are compared by what they mean: dates and
 * timestamps as moments (without an offset as UTC, a date as its beginning), times of day, and durations (a month being a twelfth of
 * 365.2425 days). All other texts are compared character by character, by UTF-16 codes.
 */
export function order(a: unknown, b: unknown): Ordering | null {
  if (isAmount(a) && isAmount(b)) return { sign: signOf(a, b), kind: "amount" };
  if (a instanceof Date && b instanceof Date)
    return { sign: signOf(a.getTime(), b.getTime()), kind: "sequence" };
  if (typeof a !== "string" || typeof b !== "string") return null;
  const lengths = [secondsOf(a), secondsOf(b)];
  if (lengths[0] !== null && lengths[1] !== null)
    return { sign: signOf(lengths[0] ?? 0, lengths[1] ?? 0), kind: "amount" };
  const sign = signOfMoments(momentOf(a), momentOf(b)) ?? signOfMoments(timeOf(a), timeOf(b)) ?? signOf(a, b);
  return { sign, kind: "sequence" };
}

function isAmount(value: unknown): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

function signOf<T extends number | bigint | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Apart, since the digits of a fraction may be more than a number holds. */
interface Moment {
  milliseconds: number;
  fraction: string;
}

function signOfMoments(a: Moment | null, b: Moment | null): number | null {
  if (a === null || b === null) return null;
  return signOf(a.milliseconds, b.milliseconds) || signOf(a.fraction, b.fraction);
}

function momentOf(text: string): Moment | null {
  const date = /^\d{4}-\d\d-\d\d/.exec(text)?.[0];
  if (date === undefined) return null;
  const rest = text.slice(date.length);
  if (rest === "") return moment(date, "00:00", undefined, undefined, "Z");
  const time = /^T(\d\d:\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?$/.exec(rest);
  return time === null ? null : moment(date, time[1], time[2], time[3], time[4]);
}

function timeOf(text: string): Moment | null {
  const time = /^(\d\d:\d\d)(?::(\d\d)(?:\.(\d+))?)?Z?$/.exec(text);
  return time === null ? null : moment("1970-01-01", time[1], time[2], time[3], "Z");
}

function moment(date: string, time = "00:00", seconds = "00", fraction = "", offset = "Z"): Moment | null {
  const milliseconds = Date.parse(`${date}T${time}:${seconds}${offset}`);
  return Number.isNaN(milliseconds) ? null : { milliseconds, fraction: fraction.replace(/0+$/, "") };
}

const DURATION =
  /^P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/;
const DAY = 86_400;
const YEAR = 365.2425 * DAY;
const SECONDS = [YEAR, YEAR / 12, 7 * DAY, DAY, 3600, 60, 1];

/** The length of an ISO 8601 duration in seconds; null of any other text. */
function secondsOf(text: string): number | null {
  const parts = DURATION.exec(text)?.slice(1);
  if (parts === undefined) return null;
  return SECONDS.reduce(
    (sum, unit, index) => sum + unit * Number((parts[index] ?? "0").replace(",", ".")),
    0,
  );
}
