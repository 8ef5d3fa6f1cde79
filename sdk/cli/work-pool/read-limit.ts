import { UsageError } from "../failure.ts";

/** The value of `--concurrency-limit`: null for `none`, undefined where it was left out. */
export function readLimit(given: string | undefined): number | null | undefined {
  if (given === undefined) return undefined;
  if (given === "none") return null;
  const limit = Number(given);
  if (given.trim() !== "" && Number.isInteger(limit) && limit >= 0) return limit;
  throw new UsageError(
    `--concurrency-limit ${JSON.stringify(given)} is no number of runs, 0 or more, nor \`none\``,
  );
}
