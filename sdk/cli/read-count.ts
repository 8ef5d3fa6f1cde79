import { UsageError } from "./failure.ts";

/** The whole number of 1 or more of an option; null where it was left out. */
export function readCount(option: string, given: string | undefined): number | null {
  if (given === undefined) return null;
  const count = Number(given);
  if (Number.isInteger(count) && count > 0) return count;
  throw new UsageError(`${option} ${JSON.stringify(given)} is no number of 1 or more`);
}
