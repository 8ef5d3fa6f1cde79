const units = [
  { seconds: 86_400, name: "day" },
  { seconds: 3600, name: "hour" },
  { seconds: 60, name: "minute" },
] as const;

/** A time in the largest unit in which it is whole: `30 minutes`, `90 seconds`. */
export function durationText(seconds: number): string {
  const unit = units.find((one) => seconds >= one.seconds && seconds % one.seconds === 0);
  const [amount, name] = unit === undefined ? [seconds, "second"] : [seconds / unit.seconds, unit.name];
  return `${amount} ${name}${amount === 1 ? "" : "s"}`;
}
