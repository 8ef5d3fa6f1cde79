import { inspect } from "node:util";

/** Throws where code without types gives something else than the id of a run. */
export function requireRunId(call: string, given: unknown): void {
  if (typeof given === "string") return;
  const isRun = typeof given === "object" && given !== null && "id" in given;
  throw new TypeError(
    `${call}: the flowRunId is the id of a run, not ${isRun ? "the run: give its id" : inspect(given)}`,
  );
}
