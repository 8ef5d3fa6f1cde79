import type { Json } from "../../core/json.ts";
import type { Context } from "../context.ts";
import { perDb, Recent } from "../recent.ts";
import type { Run, StateColumns } from "./run.ts";

/** An answered wait, as its execution is told of it. */
export interface Answered {
  pauseId: string;
  key: string;
  inputId: string | null;
  /** Place of the answer in the run's inputs; null where there is none. */
  seq: number | null;
  /** Resource id of who gave it; null where nobody is known. */
  submittedBy: string | null;
  value: Json | null;
  endedAt: Date;
}

/** What an execution must know of its run, as it was at one moment. */
export interface Seen extends StateColumns {
  stateId: string;
  execution: number;
  /** The newest wait of the execution, where it has been answered. */
  answered: Answered | null;
  /** Answers that wait for its verdict. */
  candidates: { candidateId: string; key: string; value: Json }[];
}

const largestValue = 16_384; // characters of JSON

/** What this process has just written itself need not be read back to be told. */
const known = perDb(() => new Recent<Seen>(1_000));

/** Remembers a run's state after its wait was answered: there is nothing left to judge then. */
export function rememberAnswered(ctx: Context, run: Run, answered: Answered): void {
  const small = JSON.stringify(answered.value).length <= largestValue;
  if (small) known(ctx.db).set(run.id, { ...run, answered, candidates: [] });
  else known(ctx.db).delete(run.id);
}

/**
 * The newest moment of a run that this process knows of by itself, where it is behind `after` and of this execution; else
 * null. Should another server have changed the run since, its wake-up comes yet.
 */
export function knownSince(ctx: Context, flowRunId: string, execution: number, after: Date): Seen | null {
  const seen = known(ctx.db).get(flowRunId);
  return seen !== undefined && seen.execution === execution && seen.stateTimestamp > after ? seen : null;
}
