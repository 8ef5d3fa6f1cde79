import sql from "sql-template-tag";
import { InvalidInputError, StateConflictError } from "../../core/error.ts";
import { isFinal } from "../../core/flow-run/state.ts";
import type { Context } from "../context.ts";
import { changeRun, type Step } from "./change-run.ts";
import { type Run, stateFacts } from "./run.ts";
import type { Transition } from "./write-transition.ts";

const defaultTimeout = 3600; // seconds

/**
 * Asks a running run to stop and give its infrastructure back until it is resumed: its process stops at the next task,
 * and nothing that it does afterwards changes the run.
 *
 * @param timeout seconds; 3600 where left out, none where it is null
 * @returns the run's id
 * @throws NotFoundError
 * @throws StateConflictError FINISHED, NOT_RUNNING or NO_DEPLOYMENT
 * @throws InvalidInputError for a timeout that is not above 0
 */
export async function suspend(
  ctx: Context,
  { flowRunId, timeout = defaultTimeout }: { flowRunId: string; timeout?: number | null | undefined },
): Promise<string> {
  checkTimeout(timeout);
  await changeRun(ctx, flowRunId, (run) => decideSuspend(ctx, run, timeout));
  return flowRunId;
}

/** @throws StateConflictError FINISHED, NOT_RUNNING or NO_DEPLOYMENT */
export function decideSuspend(
  ctx: Context,
  run: Run,
  timeout: number | null,
  message: string | null = null,
): Step<true> {
  const refuse = (code: "FINISHED" | "NOT_RUNNING" | "NO_DEPLOYMENT", why: string) =>
    new StateConflictError(code, stateFacts(run), `flow run ${run.id} ${why}`);
  if (isFinal(run.stateType)) throw refuse("FINISHED", `has ended as ${run.stateName}`);
  if (run.stateType !== "RUNNING")
    throw refuse("NOT_RUNNING", `is ${run.stateName}; only a running run can be suspended`);
  if (run.deploymentId === null)
    throw refuse("NO_DEPLOYMENT", "has no deployment, so nothing could start it again");
  const change = {
    next: { type: "PAUSED", name: "Suspended", message },
    lease: "end",
    ...openWait(ctx.newId(), "suspend", timeout),
  } as const;
  return { go: true, change, result: () => true };
}

/** The wait that a transition opens which nobody's code has asked for. @param timeout seconds; null for no end */
export function openWait(
  pauseId: string,
  kind: "pause" | "suspend",
  timeout: number | null,
): Pick<Transition, "opens" | "also"> {
  // Its key is no counter's number, so it meets none of the code's own waits.
  const key = `${kind === "pause" ? "paused" : "suspended"}-${pauseId}`;
  const write = sql`INSERT INTO pause (id, flow_run_id, attempt, execution, pause_key, explicit_key, key, kind, fingerprint,
      requested_at, expires_at, status)
    SELECT ${pauseId}::uuid, id, attempt, execution, ${pauseId}, false, ${key}, ${kind}, ${kind},
      at, at + ${timeout}::float8 * interval '1 second', 'OPEN' FROM locked`;
  return { opens: pauseId, also: [write] };
}

function checkTimeout(timeout: number | null): void {
  if (timeout === null || (timeout > 0 && timeout <= maxSeconds)) return;
  const wrong =
    timeout > 0
      ? `${timeout} s are too long; at most ${maxSeconds} are taken`
      : `${timeout} is no number of seconds above 0`;
  throw InvalidInputError.at(["timeout"], `${wrong}; null waits for ever`);
}

/** A longer time has no end that a date could say. */
export const maxSeconds = 100 * 365 * 86_400;
