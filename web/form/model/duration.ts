const parts = [
  ["Y", "year"],
  ["M", "month"],
  ["W", "week"],
  ["D", "day"],
] as const;
const timeParts = [
  ["H", "hour"],
  ["M", "minute"],
  ["S", "second"],
] as const;

/** An ISO 8601 duration in words (`PT1H30M` is "1 hour 30 minutes"); null where it is none. */
export function durationInWords(text: string): string | null {
  const match = /^P(?=[\dT])([\dYMWD.]*)(?:T(?=\d)([\dHMS.]+))?$/.exec(text);
  if (match === null) return null;
  const date = read(match[1] ?? "", parts);
  const time = read(match[2] ?? "", timeParts);
  if (date === null || time === null || date.length + time.length === 0) return null;
  return [...date, ...time].join(" ");
}

function read(text: string, units: ReadonlyArray<readonly [string, string]>): string[] | null {
  const words: string[] = [];
  let rest = text;
  for (const [letter, unit] of units) {
    const match = new RegExp(`^(\\d+(?:\\.\\d+)?)${letter}`).exec(rest);
    if (match === null) continue;
    rest = rest.slice(match[0].length);
    words.push(`${match[1]} ${unit}${match[1] === "1" ? "" : "s"}`);
  }
  return rest === "" ? words : null;
}
