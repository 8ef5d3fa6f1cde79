/** The parts of a cron expression with the numbers that they take. */
const parts = [
  { name: "minute", least: 0, most: 59 },
  { name: "hour", least: 0, most: 23 },
  { name: "day of the month", least: 1, most: 31 },
  { name: "month", least: 1, most: 12 },
  { name: "day of the week", least: 0, most: 7 },
];

/** The first number in a cron expression of five parts that is out of its range, in words; null where there is none. */
export function cronNumberProblem(cron: string): string | null {
  const given = cron.split(" ");
  if (given.length !== parts.length) return null;
  for (const [at, { name, least, most }] of parts.entries()) {
    const numbers = (given[at] ?? "").split(",").flatMap((one) => (one.split("/")[0] ?? "").split("-"));
    const wrong = numbers.find((one) => /^\d+$/.test(one) && (Number(one) < least || Number(one) > most));
    if (wrong !== undefined) return `${wrong} is no ${name}; ${least} to ${most} are`;
  }
  return null;
}
