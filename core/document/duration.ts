const iso =
  /^([+-])?P(?:(\d+(?:[.,]\d+)?)W)?(?:(\d+(?:[.,]\d+)?)D)?(?:T(?:(\d+(?:[.,]\d+)?)H)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/;
const units = [7 * 86_400, 86_400, 3600, 60, 1];

/**
 * The seconds of an ISO-8601 duration such as `PT1H30M` or `P2D`; null where the text is none. Months and years are none here: they have
 * no fixed length.
 */
export function isoSeconds(text: string): number | null {
  const [match, sign, ...parts] = iso.exec(text.trim()) ?? [];
  if (match === undefined || match.endsWith("T") || parts.every((part) => part === undefined)) return null;
  const seconds = parts.reduce(
    (sum, part, index) =>
      part === undefined ? sum : sum + Number(part.replace(",", ".")) * (units[index] ?? 0),
    0,
  );
  return sign === "-" ? -seconds : seconds;
}
