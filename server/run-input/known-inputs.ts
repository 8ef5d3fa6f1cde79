import type { Context } from "../context.ts";
import { perDb, Recent } from "../recent.ts";
import type { RunInputRow } from "./row.ts";

/** Rows of one run, and the size of a value, that are kept. */
const mostRows = 32;
const largestValue = 8_192; // characters of JSON

/**
 * The newest messages that this process has stored itself, by run, numbered without a gap: who follows them need not read
 * back what was just written.
 */
const known = perDb(() => new Recent<RunInputRow[]>(200));

/** Remembers a message; `size` is the length of its value as JSON. */
export function rememberInput(ctx: Context, row: RunInputRow, size: number): void {
  const rows = known(ctx.db).get(row.flowRunId) ?? [];
  const last = rows.at(-1)?.seq ?? null;
  const follows = last === null || row.seq === last + 1;
  const kept = follows ? rows.slice(1 - mostRows) : [];
  known(ctx.db).set(row.flowRunId, size > largestValue ? [] : [...kept, row]);
}

/** Forgets what is known of a run's messages: one of them is gone. */
export function forgetInputs(ctx: Context, flowRunId: string): void {
  known(ctx.db).delete(flowRunId);
}

/**
 * The rows behind `after` that `wanted` takes, where every row between is known; null where the database must be asked.
 * Nothing known is no answer: another server may have stored something.
 */
export function knownAfter(
  ctx: Context,
  flowRunId: string,
  after: number,
  wanted: (row: RunInputRow) => boolean,
): RunInputRow[] | null {
  const rows = known(ctx.db).get(flowRunId) ?? [];
  const first = rows[0]?.seq ?? null;
  if (first === null || first > after + 1) return null;
  const found = rows.filter((row) => (row.seq ?? 0) > after && wanted(row));
  return found.length > 0 ? found : null;
}
